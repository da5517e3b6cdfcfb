// What the operator of the service sees and does in a browser. Never a lead; what is done to an
// organization is in its audit log.
#pragma once

#include "platform/http/routes.hpp"

namespace leadcrm::platform_admin {

void add_platform_routes(http::Routes& api);

}  // namespace leadcrm::platform_admin
