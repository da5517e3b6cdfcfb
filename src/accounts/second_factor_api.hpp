// The second factor over HTTP. The rules: second_factor.hpp.
#pragma once

#include "accounts/account_api.hpp"

namespace leadcrm::accounts {

void add_second_factor_routes(http::Routes& api, db::Database& database, const crypto::Vault& vault,
    const Surroundings& surroundings);

}  // namespace leadcrm::accounts
