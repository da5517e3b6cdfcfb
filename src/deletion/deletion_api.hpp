// Ordering the deletion of one's organization, looking at it and taking it back, over HTTP.
#pragma once

#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"
#include "platform/http/routes.hpp"

namespace leadcrm::deletion {

// `is_secure`: the server is reached by https, which the cookies' names tell.
void add_routes(
    http::Routes& api, db::Database& database, const crypto::Vault& vault, bool is_secure);

}  // namespace leadcrm::deletion
