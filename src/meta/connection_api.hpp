// What people see and do about the connection with Facebook: /api/v1/meta/connection and pages.
#pragma once

#include "meta/page_connection.hpp"
#include "platform/http/routes.hpp"

namespace leadcrm::meta {

void add_connection_routes(
    http::Routes& api, db::Database& database, PageConnections& pages, const Apps& apps);

}  // namespace leadcrm::meta
