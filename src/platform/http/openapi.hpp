// The OpenAPI 3.1 text of the API, made from the routes and the structs that describe them.
#pragma once

#include "platform/http/routes.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace leadcrm::http {

// What the description says beside the routes.
struct ApiFacts {
    std::string version;  // the program's
    std::string session_cookie;
    boost::json::object roles = {};  // by name, what each may do: "x-roles"
    boost::json::object audit_actions = {};  // what the audit log calls things: "x-audit-actions"
};

// Everything under /api/.
std::string openapi_text(const Routes& routes, const ApiFacts& facts);

// Serves the text at GET /api/openapi.json. Call it when all other routes are there.
void add_openapi_route(Routes& routes, const ApiFacts& facts);

}  // namespace leadcrm::http
