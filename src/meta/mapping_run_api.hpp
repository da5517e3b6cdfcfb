// Mapping runs over HTTP: look first, then do it, see how far it is, take it back.
#pragma once

#include "platform/http/routes.hpp"

namespace leadcrm::meta {

void add_mapping_run_routes(http::Routes& api);

}  // namespace leadcrm::meta
