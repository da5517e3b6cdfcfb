// What concerns an account is put down in the audit log of every organization it belongs to: a
// sign-in that failed, a wrong code, what the operator did.
#pragma once

#include "audit/audit.hpp"
#include "platform/db/database.hpp"

#include <string>

namespace leadcrm::accounts {

void record_everywhere(db::PlatformTx& tx, const UserId& user, const audit::Entry& entry);

// Does not wait, and does the same for an address that nobody has: the time of the answer says
// nothing. Of several accounts with the address it is that of the confirmed one, or nobody's.
void note_refused_sign_in(
    db::Database& database, const std::string& email, const std::string& address);

// Does not wait either.
void note_wrong_code(db::Database& database, const UserId& user, const std::string& address);

// Neither does this. `is_copy`: its counter went back.
void note_refused_passkey(
    db::Database& database, const UserId& user, const std::string& address, bool is_copy);

}  // namespace leadcrm::accounts
