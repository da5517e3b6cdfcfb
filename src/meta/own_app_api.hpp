// An organization's own Meta app: /api/v1/meta/app, with every address Meta's App Dashboard asks
// for, and its webhook.
#pragma once

#include "meta/own_app_setup.hpp"
#include "meta/webhook.hpp"
#include "platform/http/routes.hpp"

namespace leadcrm::meta {

void add_own_app_routes(
    http::Routes& routes, OwnAppSetup& setup, const Apps& apps, const WebhookDesk& desk);

}  // namespace leadcrm::meta
