// Where a person is signed in, and ending that from afar.
#pragma once

#include "accounts/account.hpp"
#include "platform/db/session.hpp"

namespace leadcrm::accounts {

// The beginning of the hash of its token: enough to name a session, nothing to sign in with.
using SessionId = Id<"session">;

struct MySession {
    SessionId id;
    std::string device;  // "Firefox on Windows"
    std::string address;
    Instant created_at;
    Instant seen_at;  // a few minutes behind at most
    bool is_this = false;
};
BOOST_DESCRIBE_STRUCT(MySession, (), (id, device, address, created_at, seen_at, is_this))

// `token`: of the session that asks. Itself first, then as they were last seen.
std::vector<MySession> my_sessions(
    const db::PlatformReader& db, const UserId& user, const std::string& token);

// The device is a stranger from then on: signing in again from there is told by a letter. Throws
// Failure::not_found.
void end_session(db::PlatformTx& tx, const UserId& user, const SessionId& id);

// Streams of sessions that were ended just now end with them, at once.
void tell_sessions_ended(db::PlatformTx& tx, const UserId& user);

// All but the one that asks.
void end_other_sessions(db::PlatformTx& tx, const UserId& user, const std::string& token);

}  // namespace leadcrm::accounts
