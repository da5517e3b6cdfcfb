// API keys over HTTP.
#pragma once

#include "platform/http/routes.hpp"

namespace leadcrm::api_keys {

void add_routes(http::Routes& api);

}  // namespace leadcrm::api_keys
