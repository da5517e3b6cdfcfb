// Passing on an organization over HTTP.
#pragma once

#include "accounts/proof.hpp"
#include "platform/db/database.hpp"
#include "platform/http/routes.hpp"

namespace leadcrm::people {

void add_ownership_routes(
    http::Routes& api, db::Database& database, const accounts::Reauthentication& reauthentication);

}  // namespace leadcrm::people
