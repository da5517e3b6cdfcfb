#include "meta/form_version_api.hpp"

#include "meta/form_version.hpp"
#include "meta/graph_answer.hpp"

namespace leadcrm::meta {
namespace {

struct AskVersions {
    Text<1, 64> form_id;
};
BOOST_DESCRIBE_STRUCT(AskVersions, (), (form_id))

struct CheckboxShown {
    std::string key;
    std::string text;
    bool is_required = false;
};
BOOST_DESCRIBE_STRUCT(CheckboxShown, (), (key, text, is_required))

// A form as people saw it.
struct FormShown {
    std::int64_t version = 1;
    Instant read_at;
    std::string name;
    std::optional<std::string> privacy_url;
    std::optional<std::string> privacy_text;  // of the link
    std::optional<std::string> disclaimer_title;
    std::optional<std::string> disclaimer_text;
    std::vector<CheckboxShown> checkboxes;
    std::vector<Question> questions;
};
BOOST_DESCRIBE_STRUCT(FormShown, (),
    (version, read_at, name, privacy_url, privacy_text, disclaimer_title, disclaimer_text,
        checkboxes, questions))

std::optional<std::string> said(std::string text)
{
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

FormShown shown(FormVersion version)
{
    FormShown form{.version = version.version,
        .read_at = version.read_at,
        .name = version.name.value_or(version.form_id),
        .privacy_url = said(version.privacy_url),
        .questions = std::move(version.questions)};
    const auto legal = json::parse(version.legal.text);
    if (const auto* policy = member(legal, "privacy_policy"))
        form.privacy_text = said(text_member(*policy, "link_text"));
    const auto* disclaimer = member(legal, "custom_disclaimer");
    if (!disclaimer) return form;
    form.disclaimer_title = said(text_member(*disclaimer, "title"));
    const auto* body = member(*disclaimer, "body");
    if (body)
        form.disclaimer_text =
            said(body->is_string() ? text_member(*disclaimer, "body") : text_member(*body, "text"));
    for (const auto& box : list_member(*disclaimer, "checkboxes")) {
        const auto* required = member(box, "is_required");
        form.checkboxes.push_back({text_member(box, "key"), text_member(box, "text"),
            required && required->is_bool() && required->get_bool()});
    }
    return form;
}

http::Page<FormShown> list_shown(db::Reader& db, const http::Caller&, const AskVersions& ask)
{
    http::Page<FormShown> page;
    for (auto& version : store::list_versions(db, ask.form_id.value))
        page.data.push_back(shown(std::move(version)));
    return page;
}

}  // namespace

void add_form_version_route(http::Routes& api)
{
    api.read("GET", "/api/v1/meta/forms/{form_id}/versions", list_shown,
        {"What a form showed: questions, disclaimers and privacy policy", http::Right::read_leads,
            "The newest first. A submission names its version in `form_version`."});
}

}  // namespace leadcrm::meta
