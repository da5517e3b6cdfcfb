// The SQL of accounts. All of it works on platform tables.
#pragma once

#include "accounts/account.hpp"
#include "platform/db/session.hpp"

namespace leadcrm::accounts::store {

struct MembershipName {
    OrganizationId id;
    std::string name;
    Role role = Role::agent;
};
BOOST_DESCRIBE_STRUCT(MembershipName, (), (id, name, role))

void insert(db::PlatformTx& tx, const Organization& organization);
void insert(db::PlatformTx& tx, const User& user);
void insert(db::PlatformTx& tx, const Membership& membership);
void insert(db::PlatformTx& tx, const Session& session);

// What the passwords of all accounts with this address are hashed with. `fresh` becomes it when
// there is none.
std::optional<std::string> find_salt(const db::PlatformReader& db, const std::string& email);
std::string keep_salt(db::PlatformTx& tx, const std::string& email, const std::string& fresh);

// Of the accounts with this address and password, the one that has confirmed the address, or else
// the oldest.
std::optional<User> find_user(
    const db::PlatformReader& db, const std::string& email, const std::string& password_hash);
std::optional<User> find_user(const db::PlatformReader& db, const UserId& id);
// How one is known to the others, and how one reads.
struct Profile {
    std::string name;
    std::optional<std::string> phone;  // E.164
    std::optional<Language> language;
    std::optional<std::string> time_zone;
};
void set_profile(db::PlatformTx& tx, const UserId& user, const Profile& profile);
void set_password_hash(db::PlatformTx& tx, const UserId& user, const std::string& hash);
// The account an address stands for: the one that has confirmed it, or else the oldest.
std::optional<User> find_user_of(const db::PlatformReader& db, const std::string& email);
// True when some account has shown that this address is its own.
bool is_confirmed(const db::PlatformReader& db, const std::string& email);
std::optional<Organization> find_organization(
    const db::PlatformReader& db, const OrganizationId& id);
// Since when the member takes no new leads.
std::optional<Instant> find_pause(
    const db::PlatformReader& db, const OrganizationId& organization, const UserId& user);
// Why the operator has suspended it; nothing when it is not.
std::optional<std::string> find_suspension(const db::PlatformReader& db, const OrganizationId& id);
// In one that is being deleted for good.
bool is_in_closed_one(const db::PlatformReader& db, const UserId& user);
// Oldest first, without those.
std::vector<MembershipName> memberships_of(const db::PlatformReader& db, const UserId& user);

// Those of them that a password opens, the one opened last first. An owner's always does: whoever
// set up the company's sign-in wrong has to be able to mend it.
std::vector<OrganizationId> open_to_passwords(const db::PlatformReader& db, const UserId& user);

// Nobody for a person taken out of the organization: out at once.
std::optional<LiveSession> find_session(
    const db::PlatformReader& db, const std::string& token_hash, Instant now);
// The live ones, in no order.
std::vector<Session> sessions_of(const db::PlatformReader& db, const UserId& user, Instant now);
// The passkey that a live session of the person was opened by.
std::optional<PasskeyId> find_session_passkey(
    const db::PlatformReader& db, const UserId& user, const std::string& token_hash);
void set_session_passkey(
    db::PlatformTx& tx, const std::string& token_hash, const PasskeyId& passkey);
void set_seen(db::PlatformTx& tx, const std::string& token_hash, Instant now);
void remove_session(db::PlatformTx& tx, const std::string& token_hash);
// All sessions of the person but the one of `spared`.
void remove_sessions(
    db::PlatformTx& tx, const UserId& user, const std::string& spared_token_hash = {});
void remove_expired_sessions(db::PlatformTx& tx, Instant now);

}  // namespace leadcrm::accounts::store
