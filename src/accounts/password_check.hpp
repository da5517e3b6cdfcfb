// Asking somebody who is signed in for their password once more, before something that cannot be
// taken back.
#pragma once

#include "platform/db/database.hpp"

#include <string>

namespace leadcrm::accounts {

// Blocking, for the CPU pool. Counts as a try to sign in. Throws Failure: invalid for the field
// `password` when it is another, too_many.
void check_password(db::Database& database, const UserId& user, const std::string& password,
    const std::string& client_address);

}  // namespace leadcrm::accounts
