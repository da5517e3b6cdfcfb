// The page on which anybody who has the code of a deletion sees what became of it: that of a person
// who asked at Facebook, or that of an organization.
#pragma once

#include "platform/db/database.hpp"
#include "platform/http/routes.hpp"

namespace leadcrm::deletion {

void add_status_routes(http::Routes& routes, db::Database& database);

}  // namespace leadcrm::deletion
