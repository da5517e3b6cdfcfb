#include "meta/field_proposal.hpp"

#include "custom_fields/field_value.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace leadcrm::meta {
namespace {

using custom_fields::CustomField;
using custom_fields::FieldType;

struct Known {
    std::string_view type;  // Meta's
    FieldType field;
};
constexpr std::array known_types{
    Known{"DOB", FieldType::date},
    Known{"DATE_TIME", FieldType::date_time},
    Known{"WEBSITE", FieldType::link},
    Known{"PHONE", FieldType::phone},
    Known{"WHATSAPP_NUMBER", FieldType::phone},
    Known{"WORK_PHONE_NUMBER", FieldType::phone},
    Known{"EMAIL", FieldType::email},
    Known{"WORK_EMAIL", FieldType::email},
};
// What answers without a word of Meta's may show: each is tried on all of them, in this order.
constexpr std::array tried_types{
    FieldType::number, FieldType::date, FieldType::email, FieldType::link};
constexpr std::size_t answers_that_show = 2;
constexpr std::size_t long_answer = 200;

FieldType type_of(const Question& question, const std::vector<std::vector<std::string>>& answers)
{
    const auto is_several = [](const std::vector<std::string>& values) {
        return values.size() > 1;
    };
    if (!question.options.empty())
        return std::any_of(answers.begin(), answers.end(), is_several) ? FieldType::multi_select
                                                                       : FieldType::select;
    for (const auto& known : known_types)
        if (known.type == question.type) return known.field;
    if (answers.size() >= answers_that_show)
        for (const auto type : tried_types) {
            const CustomField field{.type = type};
            const bool fits_all = std::all_of(answers.begin(), answers.end(),
                [&](const auto& values) { return custom_fields::read_answer(field, values, {}); });
            if (fits_all) return type;
        }
    const bool is_long = std::any_of(answers.begin(), answers.end(),
        [](const auto& values) { return !values.empty() && values.front().size() > long_answer; });
    return is_long ? FieldType::long_text : FieldType::text;
}

// "Wie viele Fenster?" without what is no part of a name.
std::string label_of(const Question& question)
{
    std::string label = question.label.empty() ? question.key : question.label;
    while (!label.empty() && (label.back() == ':' || label.back() == ' ')) label.pop_back();
    constexpr std::size_t bytes_max = 100;
    std::size_t end = std::min(label.size(), bytes_max);
    while (end > 0 && end < label.size() && (label[end] & 0xC0) == 0x80) --end;
    return label.substr(0, end);
}

}  // namespace

FieldProposal propose(const Question& question,
    const std::vector<std::vector<std::string>>& answers, const std::vector<CustomField>& fields)
{
    FieldProposal proposal{.field_id = std::nullopt,
        .label = label_of(question),
        .type = type_of(question, answers),
        .options = {}};
    for (const auto& option : question.options)
        proposal.options.push_back({option.key, option.value.empty() ? option.key : option.value});
    for (const auto& field : fields)
        if (field.label == proposal.label && !field.is_archived
            && custom_fields::has_options(field.type) == !question.options.empty())
            proposal.field_id = field.id;
    return proposal;
}

}  // namespace leadcrm::meta
