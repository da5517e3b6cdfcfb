// Who one is to the others, and one's address, over HTTP. The address's rules: email_change.hpp.
#pragma once

#include "accounts/account_api.hpp"

namespace leadcrm::accounts {

void add_profile_routes(http::Routes& api, db::Database& database, const crypto::Vault& vault,
    const Surroundings& surroundings);

}  // namespace leadcrm::accounts
