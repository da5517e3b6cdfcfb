// A page's subscription to an app of ours at Meta, without which nothing is sent to the webhook.
// There is one for each app and page, whatever number of organizations hold the page.
#pragma once

#include "meta/graph_client.hpp"

#include <optional>

namespace leadcrm::meta {

// Adds leads to what the page tells our app, and reads back whether Meta did so: a subscription
// that fails in silence looks like a page without leads.
std::optional<GraphProblem> subscribe(GraphClient& graph, const PageAccess& as);
// Nothing when Meta does not say.
std::optional<bool> is_subscribed(GraphClient& graph, const PageAccess& as);
std::optional<GraphProblem> unsubscribe(GraphClient& graph, const PageAccess& as);

}  // namespace leadcrm::meta
