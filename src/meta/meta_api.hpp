// What the organization's people see of Meta: pages and forms.
#pragma once

#include "platform/http/routes.hpp"

namespace leadcrm::meta {

void add_api_routes(http::Routes& api);

}  // namespace leadcrm::meta
