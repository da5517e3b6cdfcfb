// What the audit log calls what was done: for an endpoint its method and path, for anything else a
// name from here. The API's description lists both ("x-audit-actions"), so that a screen has words
// for each in every language.
#pragma once

#include "platform/http/routes.hpp"

#include <boost/json/object.hpp>

#include <string_view>

namespace leadcrm::audit {

// Of an endpoint under /api/v1/, or one of our own: record() refuses any other.
bool is_action(std::string_view action);

// By action, what it is in words. Reads are those that are recorded of support, or of everybody.
boost::json::object all_actions(const http::Routes& routes);

}  // namespace leadcrm::audit
