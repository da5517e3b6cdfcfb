// An organization's own Meta app: /api/v1/meta/app, with every address Meta's App Dashboard asks
// for, and its webhook.
#pragma once

#include "meta/own_app_setup.hpp"
#include "platform/http/routes.hpp"

#include <functional>

namespace leadcrm::meta {

void add_own_app_routes(http::Routes& routes, OwnAppSetup& setup, const Apps& apps,
    db::Database& database, std::function<void()> on_stored);

}  // namespace leadcrm::meta
