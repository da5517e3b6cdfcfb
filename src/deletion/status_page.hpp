// The page on which anybody who has the code of a deletion sees what became of it: that of a person
// who asked at Facebook, or that of an organization.
#pragma once

#include "platform/db/database.hpp"
#include "platform/http/filled_assets.hpp"
#include "platform/http/routes.hpp"

namespace leadcrm::deletion {

// Both must outlive the routes. Without the public site the page is a plain one.
void add_status_routes(
    http::Routes& routes, db::Database& database, const http::FilledAssets& files);

}  // namespace leadcrm::deletion
