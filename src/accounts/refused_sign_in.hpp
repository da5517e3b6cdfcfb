// A sign-in that failed, put down in the audit log of every organization its account belongs to.
#pragma once

#include "platform/db/database.hpp"

#include <string>

namespace leadcrm::accounts {

// Does not wait, and does the same for an address that nobody has: the time of the answer says
// nothing. Of several accounts with the address it is that of the confirmed one, or nobody's.
void note_refused_sign_in(
    db::Database& database, const std::string& email, const std::string& address);

}  // namespace leadcrm::accounts
