// The OpenAPI 3.1 text of the API, made from the routes and the structs that describe them.
#pragma once

#include "platform/http/routes.hpp"

#include <string>
#include <string_view>

namespace leadcrm::http {

// Everything under /api/. `version` is the program's.
std::string openapi_text(
    const Routes& routes, std::string_view version, std::string_view session_cookie);

// Serves the text at GET /api/openapi.json. Call it when all other routes are there.
void add_openapi_route(Routes& routes, std::string_view version, std::string_view session_cookie);

}  // namespace leadcrm::http
