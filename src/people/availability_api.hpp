// On shift or paused, over HTTP.
#pragma once

#include "platform/http/routes.hpp"

namespace leadcrm::people {

void add_availability_routes(http::Routes& api);

}  // namespace leadcrm::people
