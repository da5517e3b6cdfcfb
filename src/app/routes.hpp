// Every endpoint of the program: which folder brings which paths. `leadcrm openapi` prints them all
// with the right each asks for.
#pragma once

#include "app/config.hpp"
#include "company_sign_in/company_sign_in_api.hpp"
#include "events/stream.hpp"
#include "features/feature_switches.hpp"
#include "leads/lead_shown.hpp"
#include "meta/capture.hpp"
#include "platform/http/filled_assets.hpp"
#include "platform/http/openapi.hpp"
#include "platform/http/routes.hpp"
#include "platform_admin/service_status_api.hpp"

namespace leadcrm::app {

struct RouteParts {
    const Config& config;
    db::Database& database;
    const crypto::Vault& vault;
    leads::Shown& shown;
    events::Stream& stream;
    meta::Capture& capture;
    company_sign_in::Desk& company_sign_in;
    const http::FilledAssets& files;
    platform_admin::StatusDesk& status;
    const features::Switches& switches;
};

http::Routes all_routes(const RouteParts& parts);

// What the API's description says beside the routes.
http::ApiFacts api_facts(const Config& config, const http::Routes& routes);

// What a new organization begins with.
void furnish(db::Tx& tx);

}  // namespace leadcrm::app
