// "View as…" over HTTP.
#pragma once

#include "platform/db/database.hpp"
#include "platform/http/routes.hpp"

#include <string>

namespace leadcrm::accounts {

void add_view_routes(http::Routes& api, db::Database& database, const std::string& session_cookie);

}  // namespace leadcrm::accounts
