#include "app/routes.hpp"

#include "accounts/account_api.hpp"
#include "app/health.hpp"
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
    accounts::add_routes(routes, parts.database, parts.config.secure(), furnish);  // /api/v1/auth, /me
    pipeline::add_routes(routes);  // /api/v1/stages
    leads::add_routes(routes);  // /api/v1/leads
    parts.stream.add_routes(routes);  // /api/v1/stream
    parts.capture.add_routes(routes);  // /webhooks/meta, /api/v1/meta
    add_health_routes(routes, parts.database);  // /healthz, /readyz
    http::add_openapi_route(routes);  // /api/openapi.json
    http::add_static_files(routes);  // /app
    return routes;
}

void furnish(db::Tx& tx)
{
    pipeline::add_default_stages(tx);
    leads::open_search(tx);
}

}  // namespace leadcrm::app
