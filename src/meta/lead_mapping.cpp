#include "meta/lead_mapping.hpp"

#include "meta/standard_field.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace leadcrm::meta {
namespace {

using leads::Answer;

// One answer with what the form knows about its question.
struct Reply {
    Answer answer;
    std::string_view type;  // empty: the form does not know the question
    std::size_t place = 0;
};

std::string text_of(const json::value& value)
{
    const auto* text = value.if_string();
    return text ? std::string(*text) : json::print(value);
}

std::string option_text(const Question& question, std::string answered)
{
    for (const auto& option : question.options)
        if (option.key == answered && !option.value.empty()) return option.value;
    return answered;
}

Reply reply_in(const json::value& field, const Form& form)
{
    Reply reply;
    reply.answer.key = text_member(field, "name");
    reply.answer.label = reply.answer.key;
    reply.place = form.questions.size();
    const Question* asked = nullptr;
    for (std::size_t i = 0; i < form.questions.size() && !asked; ++i) {
        if (form.questions[i].key != reply.answer.key) continue;
        asked = &form.questions[i];
        reply.place = i;
        reply.type = asked->type;
        if (!asked->label.empty()) reply.answer.label = asked->label;
    }
    for (const auto& value : list_member(field, "values")) {
        if (value.is_null()) continue;
        auto text = text_of(value);
        reply.answer.values.push_back(asked ? option_text(*asked, std::move(text)) : text);
    }
    return reply;
}

// In the form's order; what is no question of the form (tracking parameters) comes last.
std::vector<Reply> replies_in(const json::value& lead, const Form& form)
{
    std::vector<Reply> replies;
    for (const auto& field : list_member(lead, "field_data"))
        replies.push_back(reply_in(field, form));
    std::stable_sort(replies.begin(), replies.end(),
        [](const Reply& a, const Reply& b) { return a.place < b.place; });
    return replies;
}

leads::Contact contact_in(const std::vector<Reply>& replies)
{
    std::vector<Claim> claims;
    for (const auto& reply : replies)
        if (const auto standard = standard_field(reply.type, reply.answer.key))
            claims.push_back({*standard, reply.answer.values});
    return contact_of(claims);
}

std::optional<std::string> known(std::string text)
{
    // Old captures say 0 for "no ad".
    if (text.empty() || text == "0") return std::nullopt;
    return text;
}

leads::Source source_in(
    const json::value& lead, const Form& form, const Fetch& fetch, const std::string& page_name)
{
    const auto text = [&](std::string_view name) { return known(text_member(lead, name)); };
    leads::Source source{.channel = "meta",
        .platform = text("platform"),
        .page_id = fetch.page_id,
        .page_name = known(page_name),
        .form_id = form_of(lead, fetch),
        .form_name = form.name ? known(*form.name) : std::nullopt,
        .ad_id = text("ad_id"),
        .ad_name = text("ad_name"),
        .adset_id = text("adset_id"),
        .adset_name = text("adset_name"),
        .campaign_id = text("campaign_id"),
        .campaign_name = text("campaign_name"),
        .is_organic = std::nullopt};
    if (const auto* organic = member(lead, "is_organic"); organic && organic->is_bool())
        source.is_organic = organic->get_bool();
    return source;
}

// "1" and "" by Meta's reference, true and false where we have been told so.
bool is_checked(const json::value* box)
{
    if (!box) return false;
    if (const auto* flag = box->if_bool()) return *flag;
    if (const auto* number = box->if_int64()) return *number != 0;
    const auto* text = box->if_string();
    return text && (*text == "1" || *text == "true");
}

std::vector<leads::Disclaimer> disclaimers_in(const json::value& lead, const Form& form)
{
    std::vector<leads::Disclaimer> disclaimers;
    for (const auto& response : list_member(lead, "custom_disclaimer_responses")) {
        leads::Disclaimer disclaimer{.key = text_member(response, "checkbox_key"),
            .text = {},
            .is_checked = is_checked(member(response, "is_checked"))};
        for (const auto& consent : form.disclaimers)
            if (consent.key == disclaimer.key) disclaimer.text = consent.text;
        disclaimers.push_back(std::move(disclaimer));
    }
    return disclaimers;
}

}  // namespace

std::optional<std::string> form_of(const json::value& lead, const Fetch& fetch)
{
    const auto form_id = known(text_member(lead, "form_id"));
    return form_id ? form_id : fetch.form_id;
}

bool is_test(const std::vector<Answer>& answers)
{
    const auto is_placeholder = [](const std::string& value) {
        return value.starts_with("<test lead:") || value == "test@fb.com"
            || value == "test@meta.com";
    };
    return std::any_of(answers.begin(), answers.end(), [&](const Answer& answer) {
        return std::any_of(answer.values.begin(), answer.values.end(), is_placeholder);
    });
}

leads::Submission submission_from(
    const json::value& lead, const Form& form, const Fetch& fetch, const std::string& page_name)
{
    auto replies = replies_in(lead, form);
    leads::Submission submission{.leadgen_id = fetch.leadgen_id,
        .contact = contact_in(replies),
        .source = source_in(lead, form, fetch, page_name),
        .answers = {},
        .disclaimers = disclaimers_in(lead, form),
        .submitted_at = fetch.submitted_at.value_or(fetch.received_at),
        .received_at = fetch.received_at};
    if (const auto created = parse_time(text_member(lead, "created_time")))
        submission.submitted_at = *created;
    for (auto& reply : replies) submission.answers.push_back(std::move(reply.answer));
    submission.is_test = is_test(submission.answers);
    return submission;
}

}  // namespace leadcrm::meta
