// Whether the program is alive and ready, for load balancers, and its figures, for Prometheus.
#pragma once

#include "platform/db/database.hpp"
#include "platform/http/routes.hpp"

namespace leadcrm::app {

// GET /healthz: the process answers. GET /readyz: the database does too; else 503.
void add_health_routes(http::Routes& routes, db::Database& database);

// GET /metrics; for a listener of its own.
void add_metrics_route(http::Routes& routes);

}  // namespace leadcrm::app
