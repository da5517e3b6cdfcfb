#include "meta-simulator/graph/nodes.hpp"

#include "meta-simulator/graph/graph_error.hpp"
#include "meta-simulator/graph/meta_text.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace leadcrm::simulator {

namespace {

constexpr std::array<std::string_view, 19> lead_fields{"ad_id", "ad_name", "adset_id", "adset_name",
    "campaign_id", "campaign_name", "created_time", "custom_disclaimer_responses", "field_data",
    "form_id", "home_listing", "id", "is_organic", "partner_name", "platform", "post",
    "post_submission_check_result", "retailer_item_id", "vehicle"};
constexpr std::array<std::string_view, 5> lead_unasked{
    "created_time", "id", "ad_id", "form_id", "field_data"};

constexpr std::array<std::string_view, 23> form_fields{"allow_organic_lead",
    "block_display_for_non_targeted_viewer", "context_card", "created_time", "creator",
    "expired_leads_count", "follow_up_action_text", "follow_up_action_url", "id",
    "is_optimized_for_quality", "leads_count", "legal_content", "locale", "name",
    "organic_leads_count", "page", "page_id", "privacy_policy_url", "question_page_custom_headline",
    "questions", "status", "thank_you_page", "tracking_parameters"};
constexpr std::array<std::string_view, 4> form_unasked{"id", "locale", "name", "status"};

constexpr std::array<std::string_view, 9> page_fields{"access_token", "category", "id",
    "leadgen_tos_acceptance_time", "leadgen_tos_accepted", "leadgen_tos_accepting_user", "link",
    "name", "tasks"};
constexpr std::array<std::string_view, 2> page_unasked{"name", "id"};

json::array field_data(const Lead& lead)
{
    json::array data;
    for (const auto& answer : lead.answers) {
        json::array values;
        for (const auto& text : answer.values) values.emplace_back(text);
        data.push_back(json::object{{"name", answer.name}, {"values", std::move(values)}});
    }
    return data;
}

json::array questions(const Form& form)
{
    json::array list;
    for (const auto& question : form.questions) {
        json::object shown{{"id", question.id}, {"key", question.key}, {"label", question.label},
            {"type", question.type}};
        if (!question.options.empty()) {
            json::array options;
            for (const auto& option : question.options)
                options.push_back(json::object{{"key", option.key}, {"value", option.value}});
            shown["options"] = std::move(options);
        }
        list.push_back(std::move(shown));
    }
    return list;
}

json::object legal_content(const Form& form)
{
    const auto& legal = form.legal;
    json::object shown{{"id", form.id + "9"},
        {"privacy_policy",
            json::object{{"url", legal.privacy_url}, {"link_text", legal.privacy_link_text}}}};
    if (legal.disclaimer_title.empty()) return shown;
    json::array checkboxes;
    for (const auto& box : legal.checkboxes)
        checkboxes.push_back(json::object{{"id", form.id + "8" + std::to_string(checkboxes.size())},
            {"key", box.key}, {"text", box.text}, {"is_required", box.is_required},
            {"is_checked_by_default", false}});
    shown["custom_disclaimer"] = json::object{{"title", legal.disclaimer_title},
        {"body", json::object{{"text", legal.disclaimer_body}}},
        {"checkboxes", std::move(checkboxes)}};
    return shown;
}

// Questions, answers and other structures: the chosen members of each, unknown ones are left out.
json::value choose_members(const json::value& whole, const std::vector<FieldChoice>& fields)
{
    if (fields.empty()) return whole;
    if (const auto* list = whole.if_array()) {
        json::array chosen;
        for (const auto& element : *list) chosen.push_back(choose_members(element, fields));
        return chosen;
    }
    const auto* object = whole.if_object();
    if (!object) return whole;
    json::object chosen;
    for (const auto& field : fields)
        if (const auto* member = object->if_contains(field.name))
            chosen[field.name] = choose_members(*member, field.fields);
    return chosen;
}

}  // namespace

const NodeType lead_type{"Lead", lead_fields, lead_unasked};
const NodeType form_type{"LeadGenForm", form_fields, form_unasked};
const NodeType page_type{"Page", page_fields, page_unasked};

json::object whole_lead(const Lead& lead, bool sees_ads)
{
    json::object whole{{"id", lead.id}, {"created_time", meta_time(lead.created)}};
    if (lead.ad && sees_ads) {
        whole["ad_id"] = lead.ad->ad_id;
        whole["ad_name"] = lead.ad->ad_name;
        whole["adset_id"] = lead.ad->adset_id;
        whole["adset_name"] = lead.ad->adset_name;
        whole["campaign_id"] = lead.ad->campaign_id;
        whole["campaign_name"] = lead.ad->campaign_name;
    }
    whole["form_id"] = lead.form_id;
    whole["is_organic"] = lead.is_organic();
    whole["platform"] = lead.platform;
    if (!lead.partner_name.empty()) whole["partner_name"] = lead.partner_name;
    if (!lead.retailer_item_id.empty()) whole["retailer_item_id"] = lead.retailer_item_id;
    whole["field_data"] = field_data(lead);
    if (!lead.disclaimers.empty()) {
        json::array responses;
        for (const auto& [key, is_checked] : lead.disclaimers)
            responses.push_back(
                json::object{{"checkbox_key", key}, {"is_checked", is_checked ? "1" : ""}});
        whole["custom_disclaimer_responses"] = std::move(responses);
    }
    return whole;
}

json::object whole_form(const Form& form, Instant now)
{
    const ListKey oldest{(now - lead_lifetime).unix_seconds(), 0};
    const auto expired = std::distance(form.leads.begin(), form.leads.lower_bound(oldest));
    json::object whole{{"id", form.id}, {"name", form.name}, {"status", form.status},
        {"locale", form.locale}, {"created_time", meta_time(form.created)},
        {"leads_count", static_cast<std::int64_t>(form.leads.size()) - expired},
        {"organic_leads_count", form.organic_leads}, {"expired_leads_count", expired},
        {"questions", questions(form)}, {"legal_content", legal_content(form)},
        {"privacy_policy_url", form.legal.privacy_url},
        {"follow_up_action_url", form.follow_up_url}, {"page_id", form.page_id},
        {"page", json::object{{"id", form.page_id}}}, {"allow_organic_lead", true},
        {"is_optimized_for_quality", false}};
    json::array tracking;
    for (const auto& [key, text] : form.tracking_parameters)
        tracking.push_back(json::object{{"key", key}, {"value", text}});
    if (!tracking.empty()) whole["tracking_parameters"] = std::move(tracking);
    return whole;
}

json::object whole_page(const Page& page, const Token& page_token)
{
    return {{"id", page.id}, {"name", page.name}, {"category", page.category},
        {"access_token", page_token.text}, {"link", "https://www.facebook.com/" + page.id},
        {"leadgen_tos_accepted", true},
        {"tasks", json::array{"ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MODERATE", "MANAGE"}}};
}

json::object choose(const json::object& whole, const NodeType& type,
    const std::vector<FieldChoice>& fields, const std::vector<std::string>& removed,
    const AskEdge& ask_edge)
{
    json::object chosen;
    if (fields.empty()) {
        for (const auto name : type.unasked)
            if (const auto* member = whole.if_contains(name)) chosen[name] = *member;
        return chosen;
    }
    for (const auto& field : fields) {
        const bool known = std::ranges::find(type.fields, field.name) != type.fields.end()
            && std::ranges::find(removed, field.name) == removed.end();
        if (known) {
            if (const auto* member = whole.if_contains(field.name))
                chosen[field.name] = choose_members(*member, field.fields);
        } else if (auto answer = ask_edge ? ask_edge(field) : std::nullopt) {
            chosen[field.name] = *std::move(answer);
        } else {
            throw nonexisting_field(field.name, std::string(type.name));
        }
    }
    chosen["id"] = whole.at("id");
    return chosen;
}

}  // namespace leadcrm::simulator
