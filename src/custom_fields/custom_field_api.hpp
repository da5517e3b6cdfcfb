// The custom fields of an organization over HTTP: list, make, rename, give options.
#pragma once

#include "platform/http/routes.hpp"

namespace leadcrm::custom_fields {

void add_routes(http::Routes& api);

}  // namespace leadcrm::custom_fields
