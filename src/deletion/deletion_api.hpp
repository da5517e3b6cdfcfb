// Ordering the deletion of one's organization, looking at it and taking it back, over HTTP.
#pragma once

#include "accounts/proof.hpp"
#include "platform/db/database.hpp"
#include "platform/http/routes.hpp"

namespace leadcrm::deletion {

void add_routes(
    http::Routes& api, db::Database& database, const accounts::Reauthentication& reauthentication);

}  // namespace leadcrm::deletion
