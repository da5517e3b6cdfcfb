// The webhook of an app as Meta has it: where deliveries about pages go, and whether leads are
// among them. There is one for each app.
#pragma once

#include "meta/apps.hpp"

#include <optional>
#include <string>

namespace leadcrm::meta {

struct AppWebhook {
    bool is_active = false;
    bool has_leads = false;
    std::string callback_url;  // empty: there is none
    std::optional<GraphProblem> problem = {};  // Meta does not say
};

// Ours, for this app.
std::string webhook_url(const App& app);

// Only with an app id and a secret. Blocking.
AppWebhook read_app_webhook(GraphClient& graph);
// Has Meta send leads to our address. Before it answers, Meta verifies the address, so this server
// must be reachable from there. Blocking.
std::optional<GraphProblem> set_app_webhook(App& app);

}  // namespace leadcrm::meta
