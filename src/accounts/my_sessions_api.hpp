// One's own sessions over HTTP. The rules: my_sessions.hpp.
#pragma once

#include "accounts/account_api.hpp"

namespace leadcrm::accounts {

void add_session_routes(
    http::Routes& api, db::Database& database, const Surroundings& surroundings);

}  // namespace leadcrm::accounts
