// Passing on an organization over HTTP.
#pragma once

#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"
#include "platform/http/routes.hpp"

namespace leadcrm::people {

// `vault` seals the secrets of second factors.
void add_ownership_routes(
    http::Routes& api, db::Database& database, const crypto::Vault& vault, bool is_secure);

}  // namespace leadcrm::people
