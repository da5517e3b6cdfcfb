// Pages, and who is told about them: subscriptions of the page and of the app.
#include "meta-simulator/graph/access.hpp"
#include "meta-simulator/graph/endpoints.hpp"
#include "meta-simulator/graph/field_choice.hpp"
#include "meta-simulator/graph/graph_error.hpp"
#include "meta-simulator/graph/nodes.hpp"
#include "meta-simulator/login/login_rules.hpp"

#include <sstream>

namespace leadcrm::simulator {

namespace {

// has_lead_access.user_id(…): what Leads Access Manager says, and why.
json::value lead_access(const Ask& ask, const FieldChoice& field)
{
    require_scope(ask.token, "leads_retrieval");
    if (!field.arguments.contains("user_id"))
        throw invalid_parameter("The parameter user_id is required");
    const bool granted = ask.place.page->leads_access == LeadsAccess::granted;
    json::object access{{"app_has_leads_permission", granted}, {"user_has_leads_permission", true},
        {"can_access_lead", granted}, {"enabled_lead_access_manager", !granted},
        {"is_page_admin", true}, {"page_id", ask.place.page->id},
        {"user_id", field.arguments.at("user_id")}};
    if (!granted) {
        access["failure_reason"] = "The app was not given access to leads of this page.";
        access["failure_resolution"] = "Assign the CRM under Integrations, Leads access.";
    }
    return access;
}

std::set<std::string> read_field_names(const std::string& text)
{
    std::set<std::string> names;
    std::istringstream parts(text);
    for (std::string name; std::getline(parts, name, ',');)
        if (!name.empty()) names.insert(name);
    return names;
}

std::string id_of_app(const Ask& ask)
{
    return ask.token.app_id.empty() ? ask.state.world.app_id : ask.token.app_id;
}

void require_app_token(const Ask& ask)
{
    if (ask.token.kind != TokenKind::app || ask.id() != id_of_app(ask))
        throw GraphError(15, "(#15) This method must be called with an app access_token.");
}

}  // namespace

json::value read_page(const Ask& ask)
{
    const Page& page = *ask.place.page;
    require_page(ask.token, page, ask.call, page.id, ask.state.graph);
    const auto fields = parse_fields(ask.call.parameter("fields").value_or(""));
    // A person gets their own token for the page.
    Token* asking = ask.state.world.find_token(ask.token.text);
    const Token& opens = asking && asking->kind != TokenKind::page
        ? page_token_for(ask.state, *asking, page.id)
        : ask.state.world.token_of(page.id);
    return choose(whole_page(page, opens), page_type, fields, ask.state.graph.removed_fields,
        [&](const FieldChoice& field) -> std::optional<json::value> {
            if (field.name != "has_lead_access") return std::nullopt;
            return lead_access(ask, field);
        });
}

json::value list_subscribed_apps(const Ask& ask)
{
    Page& page = *ask.place.page;
    require_page(ask.token, page, ask.call, page.id, ask.state.graph);
    json::array data;
    if (const auto& subscribed = ask.state.world.page_fields_of(page, ask.token.app_id);
        !subscribed.empty()) {
        json::array fields;
        for (const auto& field : subscribed) fields.emplace_back(field);
        data.push_back(json::object{{"category", "Business"}, {"link", "https://example.com/"},
            {"name", "Our CRM"}, {"id", id_of_app(ask)}, {"subscribed_fields", std::move(fields)}});
    }
    return json::object{{"data", std::move(data)}};
}

json::value subscribe_page(const Ask& ask)
{
    Page& page = *ask.place.page;
    require_page(ask.token, page, ask.call, page.id, ask.state.graph);
    require_scope(ask.token, "pages_manage_metadata");
    auto fields = read_field_names(ask.call.parameter("subscribed_fields").value_or(""));
    if (fields.empty()) throw invalid_parameter("Param subscribed_fields must not be empty.");
    if (fields.contains("leadgen") && !ask.token.scopes.contains("leads_retrieval"))
        throw GraphError(200,
            "(#200) To subscribe to the leadgen field, one of these permissions is needed: "
            "leads_retrieval")
            .with_status(403);
    ask.state.world.page_fields_of(page, ask.token.app_id) = std::move(fields);
    return success(ask.state);
}

json::value unsubscribe_page(const Ask& ask)
{
    Page& page = *ask.place.page;
    if (ask.token.kind != TokenKind::app)
        require_page(ask.token, page, ask.call, page.id, ask.state.graph);
    ask.state.world.page_fields_of(page, ask.token.app_id).clear();
    return success(ask.state);
}

json::value list_subscriptions(const Ask& ask)
{
    require_app_token(ask);
    json::array data;
    const auto* other = ask.state.world.find_other_app(ask.token.app_id);
    if (const auto& subscribed = ask.state.world.app_fields_of(ask.token.app_id);
        !subscribed.empty()) {
        json::array fields;
        for (const auto& name : subscribed)
            fields.push_back(
                json::object{{"name", name}, {"version", ask.state.graph.version_default}});
        data.push_back(json::object{{"object", "page"},
            {"callback_url", other ? other->webhook_url : ask.state.webhook.url}, {"active", true},
            {"fields", std::move(fields)}});
    }
    return json::object{{"data", std::move(data)}};
}

json::value subscribe_app(const Ask& ask)
{
    require_app_token(ask);
    const auto& call = ask.call;
    if (call.parameter("object").value_or("") != "page")
        throw invalid_parameter("Param object must be one of {page}.");
    auto fields = read_field_names(call.parameter("fields").value_or(""));
    if (fields.empty()) throw invalid_parameter("The parameter fields is required.");
    ask.state.world.app_fields_of(ask.token.app_id) = std::move(fields);
    if (auto* other = ask.state.world.find_other_app(ask.token.app_id)) {
        other->webhook_url = call.parameter("callback_url").value_or(other->webhook_url);
        other->verify_token = call.parameter("verify_token").value_or(other->verify_token);
        return success(ask.state);
    }
    if (const auto url = call.parameter("callback_url")) ask.state.webhook.url = *url;
    if (const auto token = call.parameter("verify_token")) ask.state.webhook.verify_token = *token;
    ask.state.webhook.changed_fields_only = call.parameter("include_values") == "false";
    return success(ask.state);
}

json::value unsubscribe_app(const Ask& ask)
{
    require_app_token(ask);
    ask.state.world.app_fields_of(ask.token.app_id).clear();
    return success(ask.state);
}

}  // namespace leadcrm::simulator
