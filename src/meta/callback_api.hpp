// Meta's callbacks about a person who logged in: POST /meta/deauthorize and /meta/data-deletion.
// Where that person looks up what became of it: deletion/status_page.hpp. What Meta sends does not
// name the app, so an organization's own app has addresses of its own: the same with its id behind
// them.
#pragma once

#include "meta/apps.hpp"
#include "platform/db/database.hpp"
#include "platform/http/routes.hpp"

namespace leadcrm::meta {

void add_callback_routes(http::Routes& routes, const Apps& apps, db::Database& database);

}  // namespace leadcrm::meta
