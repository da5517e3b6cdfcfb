// In which language, and on whose clock, a person reads what we write.
#pragma once

#include "accounts/account.hpp"
#include "platform/db/session.hpp"

namespace leadcrm::accounts {

// The language is the one of the profile, or else of the browser last seen; of those who have
// neither, the one an owner of their organization has chosen, or else English. The clock is the
// profile's, or else the organization's, or else UTC. Of several organizations the oldest counts.
letters::Reader reader_of(const db::PlatformReader& db, const UserId& user);

// What the browser says, for reader_of(). Nothing happens when it says nothing.
void note_browser_language(db::PlatformTx& tx, const UserId& user, const Visitor& visitor);

}  // namespace leadcrm::accounts
