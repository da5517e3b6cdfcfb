#include "app/routes.hpp"

#include "accounts/account_api.hpp"
#include "app/health.hpp"
#include "custom_fields/custom_field_api.hpp"
#include "leads/lead_api.hpp"
#include "leads/lead_search.hpp"
#include "pipeline/stage.hpp"
#include "pipeline/stage_api.hpp"
#include "platform/http/openapi.hpp"
#include "platform/http/static_files.hpp"

namespace leadcrm::app {

http::Routes all_routes(const RouteParts& parts)
{
    http::Routes routes;
    accounts::add_routes(
        routes, parts.database, parts.config.secure(), furnish);  // /api/v1/auth, /me
    pipeline::add_routes(routes);  // /api/v1/stages
    custom_fields::add_routes(routes);  // /api/v1/fields
    leads::add_routes(routes, parts.shown);  // /api/v1/leads
    events::add_routes(routes, parts.stream);  // /api/v1/stream
    parts.capture.add_routes(routes);  // /webhooks/meta, /api/v1/meta
    add_health_routes(routes, parts.database);  // /healthz, /readyz
    routes.raw("GET", "/",
        [](const http::Request&, const http::Respond& respond) {
            respond({302, "text/plain", "", {{"Location", "/app/"}}});
        },
        {"To the web app", http::Right::everybody});
    http::add_openapi_route(routes, LEADCRM_VERSION,
        accounts::cookie_name(parts.config.secure()));  // /api/openapi.json
    routes.otherwise([](const http::Request& request, const http::Respond& respond) {
        respond(http::static_file(request));  // /app/…
    });
    return routes;
}

void furnish(db::Tx& tx)
{
    pipeline::add_default_stages(tx);
    leads::open_search(tx);
}

}  // namespace leadcrm::app
