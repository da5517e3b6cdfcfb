// Proving once more, while signed in, that one is who signed in: before what a stolen session must
// not be enough for. Blocking: a password is hashed.
#pragma once

#include "accounts/account.hpp"
#include "platform/db/database.hpp"

namespace leadcrm::accounts {

// The account, when the password is its own. Throws Failure: invalid, naming `field`; too_many
// after ten wrong ones within a quarter of an hour.
User prove_password(db::Database& database, const UserId& user, const std::string& password,
    const std::string& field = "password");

}  // namespace leadcrm::accounts
