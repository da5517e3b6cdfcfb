// Meta's callbacks about a person who logged in: POST /meta/deauthorize and /meta/data-deletion,
// and the page on which that person can look up what became of it.
#pragma once

#include "meta/settings.hpp"
#include "platform/db/database.hpp"
#include "platform/http/routes.hpp"

namespace leadcrm::meta {

void add_callback_routes(http::Routes& routes, const Settings& app, db::Database& database);

}  // namespace leadcrm::meta
