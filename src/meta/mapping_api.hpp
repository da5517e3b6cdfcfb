// What the answers of each form become, over HTTP: seen beside real answers, and changed.
#pragma once

#include "platform/http/routes.hpp"

namespace leadcrm::meta {

void add_mapping_routes(http::Routes& api);

}  // namespace leadcrm::meta
