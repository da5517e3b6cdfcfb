#include "exports/lead_words.hpp"

namespace leadcrm::exports {
namespace {

constexpr std::size_t shared_max = 4096;

// The value for a text, read when it is new.
template <class Value, class Read>
const Value& known(
    std::unordered_map<std::string, Value>& values, const std::string& text, const Read& read)
{
    const auto found = values.find(text);
    if (found != values.end()) return found->second;
    if (values.size() >= shared_max) values.clear();
    return values.emplace(text, read()).first->second;
}

std::string name_or_id(const std::optional<std::string>& name, const std::optional<std::string>& id)
{
    return name ? *name : id.value_or("");
}

}  // namespace

std::string text_of_answers(const leads::Lead& lead)
{
    std::string text;
    for (const auto& answer : json::from_text<std::vector<leads::Answer>>(lead.answers.text)) {
        if (!text.empty()) text += "; ";
        text += answer.label;
        text += ':';
        for (const auto& value : answer.values) {
            text += ' ';
            text += value;
        }
    }
    return text;
}

std::string text_of_value(const json::value& value)
{
    return value.is_string() ? std::string(value.as_string()) : json::print(value);
}

const SharedWords::SourceNames& SharedWords::source_names(const std::string& source)
{
    return known(sources_, source, [&] {
        const auto from = json::from_text<leads::Source>(source);
        return SourceNames{from.platform.value_or(""), name_or_id(from.page_name, from.page_id),
            name_or_id(from.form_name, from.form_id),
            name_or_id(from.campaign_name, from.campaign_id), name_or_id(from.ad_name, from.ad_id)};
    });
}

const std::string& SharedWords::consents(const std::string& disclaimers)
{
    return known(consents_, disclaimers, [&] {
        std::string text;
        for (const auto& each : json::from_text<std::vector<leads::Disclaimer>>(disclaimers)) {
            if (!text.empty()) text += "; ";
            text +=
                (each.text.empty() ? each.key : each.text) + (each.is_checked ? ": yes" : ": no");
        }
        return text;
    });
}

}  // namespace leadcrm::exports
