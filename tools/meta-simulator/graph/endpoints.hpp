// The endpoints of the Graph API: which there are (endpoints.cpp has the table), and what they get.
#pragma once

#include "meta-simulator/graph/graph_call.hpp"
#include "meta-simulator/state.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace leadcrm::simulator {

// What the first part of a path names.
enum class NodeKind { nothing, app, person, business, page, form, ad, ad_group, lead, debug_token };

// Where a call goes. Faults and limits are kept by `endpoint` and `page`.
struct Place {
    std::string endpoint = "other";
    NodeKind kind = NodeKind::nothing;
    Member* member = nullptr;
    Page* page = nullptr;
    Form* form = nullptr;
    Lead* lead = nullptr;
    std::string edge;
};

struct Ask {
    State& state;
    const GraphCall& call;
    Token token;
    Place place;

    const std::string& id() const { return call.path.front(); }
};

Place find_place(State& state, const GraphCall& call);

// The answer of the endpoint at this place. Throws GraphError.
json::value answer_ask(const Ask& ask);

// lead_endpoints.cpp
json::value read_lead(const Ask& ask);
json::value delete_lead(const Ask& ask);
json::value list_leads(const Ask& ask);  // of a form or an ad
json::value list_test_leads(const Ask& ask);
json::value make_test_lead(const Ask& ask);

// form_endpoints.cpp
json::value read_form(const Ask& ask);
json::value change_form(const Ask& ask);  // archive, and back
json::value list_forms(const Ask& ask);

json::value read_ad(const Ask& ask);  // or an ad set, or a campaign

// page_endpoints.cpp
json::value read_page(const Ask& ask);
json::value list_subscribed_apps(const Ask& ask);
json::value subscribe_page(const Ask& ask);
json::value unsubscribe_page(const Ask& ask);
json::value list_subscriptions(const Ask& ask);  // of the app
json::value subscribe_app(const Ask& ask);
json::value unsubscribe_app(const Ask& ask);

// login/token_endpoints.cpp
bool is_token_exchange(const GraphCall& call);  // GET or POST /oauth/access_token
json::value exchange_token(State& state, const GraphCall& call);
json::value debug_token(const Ask& ask);

// login/person_endpoints.cpp
json::value read_person(const Ask& ask);
json::value list_accounts(const Ask& ask);
json::value list_businesses(const Ask& ask);
json::value list_business_pages(const Ask& ask);  // owned or of clients
json::value list_permissions(const Ask& ask);
json::value revoke_permissions(const Ask& ask);

// {"success":true}, however the settings want it written.
json::value success(const State& state);

}  // namespace leadcrm::simulator
