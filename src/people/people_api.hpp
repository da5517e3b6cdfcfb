// Members and invitations over HTTP.
#pragma once

#include "platform/db/database.hpp"
#include "platform/http/routes.hpp"

#include <string>

namespace leadcrm::people {

struct Surroundings {
    std::string public_url;  // where links lead to
    bool is_secure = false;  // served over https
};
void add_routes(http::Routes& api, db::Database& database, const Surroundings& surroundings);

}  // namespace leadcrm::people
