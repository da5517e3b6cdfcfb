#include "meta-simulator/graph/endpoints.hpp"

#include "meta-simulator/graph/graph_error.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>

namespace leadcrm::simulator {

namespace {

struct Endpoint {
    std::string_view method;
    NodeKind kind;
    std::string_view edge;
    std::string_view name;  // what faults, limits and the log call it
    json::value (*answer)(const Ask&);
};

constexpr std::array endpoints{
    Endpoint{"GET", NodeKind::lead, "", "lead", read_lead},
    Endpoint{"DELETE", NodeKind::lead, "", "lead", delete_lead},
    Endpoint{"GET", NodeKind::form, "leads", "leads", list_leads},
    Endpoint{"GET", NodeKind::ad, "leads", "leads", list_leads},
    Endpoint{"GET", NodeKind::ad, "", "ad", read_ad},
    Endpoint{"GET", NodeKind::ad_group, "", "ad", read_ad},
    Endpoint{"GET", NodeKind::form, "test_leads", "test_leads", list_test_leads},
    Endpoint{"POST", NodeKind::form, "test_leads", "test_leads", make_test_lead},
    Endpoint{"GET", NodeKind::form, "", "form", read_form},
    Endpoint{"POST", NodeKind::form, "", "form", change_form},
    Endpoint{"GET", NodeKind::page, "leadgen_forms", "leadgen_forms", list_forms},
    Endpoint{"GET", NodeKind::page, "", "page", read_page},
    Endpoint{"GET", NodeKind::page, "subscribed_apps", "subscribed_apps", list_subscribed_apps},
    Endpoint{"POST", NodeKind::page, "subscribed_apps", "subscribed_apps", subscribe_page},
    Endpoint{"DELETE", NodeKind::page, "subscribed_apps", "subscribed_apps", unsubscribe_page},
    Endpoint{"GET", NodeKind::person, "", "person", read_person},
    Endpoint{"GET", NodeKind::person, "accounts", "accounts", list_accounts},
    Endpoint{"GET", NodeKind::person, "businesses", "businesses", list_businesses},
    Endpoint{"GET", NodeKind::business, "owned_pages", "business_pages", list_business_pages},
    Endpoint{"GET", NodeKind::business, "client_pages", "business_pages", list_business_pages},
    Endpoint{"GET", NodeKind::person, "permissions", "permissions", list_permissions},
    Endpoint{"DELETE", NodeKind::person, "permissions", "permissions", revoke_permissions},
    Endpoint{"GET", NodeKind::debug_token, "", "debug_token", debug_token},
    Endpoint{"GET", NodeKind::app, "subscriptions", "subscriptions", list_subscriptions},
    Endpoint{"POST", NodeKind::app, "subscriptions", "subscriptions", subscribe_app},
    Endpoint{"DELETE", NodeKind::app, "subscriptions", "subscriptions", unsubscribe_app},
};

std::string_view type_name(NodeKind kind)
{
    switch (kind) {
    case NodeKind::app:
        return "Application";
    case NodeKind::person:
        return "User";
    case NodeKind::page:
        return "Page";
    case NodeKind::form:
        return "LeadGenForm";
    case NodeKind::ad:
        return "AdgroupForLeadgen";
    case NodeKind::business:
        return "Business";
    case NodeKind::ad_group:
        return "Campaign";
    case NodeKind::lead:
        return "Lead";
    case NodeKind::debug_token:
    case NodeKind::nothing:
        break;
    }
    return "Unknown";
}

// An id no lead has still counts as a read of a lead: that is what clients mean by it.
std::string_view endpoint_name(const GraphCall& call, const Place& place)
{
    const auto found = std::ranges::find_if(endpoints, [&](const Endpoint& endpoint) {
        return endpoint.kind == place.kind && endpoint.edge == place.edge;
    });
    if (found != endpoints.end()) return found->name;
    return place.kind == NodeKind::nothing && call.path.size() == 1 ? "lead" : "other";
}

}  // namespace

Place find_place(State& state, const GraphCall& call)
{
    Place place;
    if (call.parameter("ids")) place.endpoint = "ids";
    if (call.path.empty() && call.parameter("batch")) place.endpoint = "batch";
    if (call.path.empty() || call.parameter("ids")) return place;
    auto& world = state.world;
    auto id = call.path.front();
    const Token* token = world.find_token(call.token);
    if (id == "me" && token) id = token->page_id.empty() ? token->member_id : token->page_id;
    if (is_token_exchange(call)) {
        place.endpoint = "oauth";
        return place;
    }
    if ((place.lead = world.find_lead(id))) {
        place.kind = NodeKind::lead;
        place.form = world.find_form(place.lead->form_id);
    } else if ((place.form = world.find_form(id))) {
        place.kind = NodeKind::form;
    } else if ((place.page = world.find_page(id))) {
        place.kind = NodeKind::page;
    } else if ((place.form = world.form_of_ad(id))) {
        place.kind = NodeKind::ad;
    } else if ((place.member = state.login.find(id))) {
        place.kind = NodeKind::person;
    } else if (id == "debug_token") {
        place.kind = NodeKind::debug_token;
    } else if (id == world.app_id || world.find_other_app(id)) {
        place.kind = NodeKind::app;
    } else if (world.businesses.contains(id)) {
        place.kind = NodeKind::business;
    } else if (world.find_ad_name(id)) {
        place.kind = NodeKind::ad_group;
    }
    if (place.form) place.page = world.find_page(place.form->page_id);
    if (call.path.size() > 1) place.edge = call.path[1];
    place.endpoint = endpoint_name(call, place);
    // A lead that is not there still costs the page whose token asks.
    if (!place.page && token && place.endpoint == "lead")
        place.page = world.find_page(token->page_id);
    return place;
}

json::value answer_ask(const Ask& ask)
{
    const auto& [state, call, token, place] = ask;
    if (call.path.empty() || call.path.size() > 2) {
        std::string path;
        for (const auto& part : call.path) path += "/" + part;
        throw GraphError(2500, "Unknown path components: " + (path.empty() ? "/" : path));
    }
    if (place.kind == NodeKind::nothing) throw unsupported_request(call.method, ask.id());

    bool has_edge = place.edge.empty();
    for (const auto& endpoint : endpoints) {
        if (endpoint.kind != place.kind || endpoint.edge != place.edge) continue;
        if (endpoint.method == call.method) return endpoint.answer(ask);
        has_edge = true;
    }
    if (!has_edge) throw nonexisting_field(place.edge, std::string(type_name(place.kind)));
    throw unsupported_request(call.method, ask.id());
}

json::value success(const State& state)
{
    boost::system::error_code error;
    auto said = boost::json::parse(state.graph.success, error);
    return json::object{{"success", error ? json::value(true) : std::move(said)}};
}

}  // namespace leadcrm::simulator
