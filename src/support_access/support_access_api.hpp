// Support access over HTTP: granted, ended and seen in the organization, used on the platform.
#pragma once

#include "platform/db/database.hpp"
#include "platform/http/routes.hpp"

namespace leadcrm::support_access {

void add_routes(http::Routes& api, db::Database& database, bool is_secure);

}  // namespace leadcrm::support_access
