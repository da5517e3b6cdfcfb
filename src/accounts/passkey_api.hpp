// One's own passkeys over HTTP. The rules: passkey.hpp. Signing in with one: account_api.hpp.
#pragma once

#include "accounts/account_api.hpp"

namespace leadcrm::accounts {

void add_passkey_routes(http::Routes& api, db::Database& database, const crypto::Vault& vault,
    const Surroundings& surroundings);

}  // namespace leadcrm::accounts
