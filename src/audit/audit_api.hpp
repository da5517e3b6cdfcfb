// The audit log over HTTP.
#pragma once

#include "platform/http/routes.hpp"

namespace leadcrm::audit {

void add_routes(http::Routes& api);

}  // namespace leadcrm::audit
