#include "meta/answer_mapper.hpp"

#include "meta/form_version.hpp"

#include <algorithm>
#include <utility>

namespace leadcrm::meta {
namespace {

bool says_nothing(const std::vector<std::string>& values)
{
    return std::all_of(values.begin(), values.end(), [](const std::string& value) {
        return value.find_first_not_of(" \t\r\n") == std::string::npos;
    });
}

std::string joined(const std::vector<std::string>& values)
{
    std::string text;
    for (const auto& value : values) text += (text.empty() ? "" : ", ") + value;
    return text;
}

}  // namespace

const std::optional<FormMapping>& AnswerMapper::mapping_of(const std::string& form_id)
{
    const auto [found, is_new] = mappings_.try_emplace(form_id);
    if (is_new) found->second = store::find_mapping(db_, form_id);
    return found->second;
}

std::optional<std::int64_t> AnswerMapper::version_of(const std::string& form_id)
{
    const auto [found, is_new] = versions_.try_emplace(form_id);
    if (is_new) found->second = newest_version(db_, form_id);
    return found->second;
}

const AnswerMapper::Fields& AnswerMapper::fields()
{
    if (!fields_) fields_ = Fields{custom_fields::list_fields(db_), custom_fields::region_of(db_)};
    return *fields_;
}

void AnswerMapper::set_field(leads::Submission& submission, const custom_fields::FieldId& id,
    const std::vector<std::string>& values)
{
    const auto& known = fields();
    const auto field = std::find_if(known.all.begin(), known.all.end(),
        [&](const custom_fields::CustomField& each) { return each.id == id; });
    if (field == known.all.end() || field->is_archived || says_nothing(values)) return;
    if (auto value = custom_fields::read_answer(*field, values, known.region)) {
        submission.misfits.erase(field->key);
        submission.custom.emplace(field->key, *std::move(value));  // of two, the first in the form
    } else if (!submission.custom.contains(field->key)) {
        submission.misfits[field->key] = joined(values);
    }
}

void AnswerMapper::apply(leads::Submission& submission)
{
    submission.custom.clear();
    submission.misfits.clear();
    if (!submission.source.form_id) return;
    submission.form_version = version_of(*submission.source.form_id);
    const auto& mapping = mapping_of(*submission.source.form_id);
    if (!mapping) return;
    std::vector<Claim> claims;
    for (const auto& answer : submission.answers) {
        const auto* question = find_question(*mapping, answer.key);
        if (!question) {
            // No question of the form as we know it: perhaps one that was asked meanwhile.
            if (const auto standard = standard_field({}, answer.key))
                claims.push_back({*standard, answer.values});
        } else if (question->field_id) {
            set_field(submission, *question->field_id, answer.values);
        } else if (question->target != Target::answer) {
            claims.push_back(
                {{question->target, place_of(question->type, question->key)}, answer.values});
        }
    }
    submission.contact = contact_of(claims);
}

}  // namespace leadcrm::meta
