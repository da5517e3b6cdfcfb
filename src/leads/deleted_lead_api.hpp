// Deleting leads and restoring them, over HTTP.
#pragma once

#include "platform/http/routes.hpp"

namespace leadcrm::leads {

void add_deleted_routes(http::Routes& api);

}  // namespace leadcrm::leads
