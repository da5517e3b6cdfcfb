// Choosing a new password over HTTP. The rules: new_password.hpp.
#pragma once

#include "accounts/account_api.hpp"

namespace leadcrm::accounts {

void add_password_routes(http::Routes& api, db::Database& database, const crypto::Vault& vault,
    const Surroundings& surroundings);

}  // namespace leadcrm::accounts
