// The organization's plan over HTTP, for its owner.
#pragma once

#include "platform/http/routes.hpp"

namespace leadcrm::platform_admin {

void add_routes(http::Routes& api);

}  // namespace leadcrm::platform_admin
