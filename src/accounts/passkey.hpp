// A person's passkeys: added, named, seen in use, removed. One signs in without address and
// password, and is a second factor by itself, since its device has verified the person:
// passkey_sign_in.hpp. What an authenticator says: passkey_answer.hpp. Over HTTP: passkey_api.hpp.
#pragma once

#include "accounts/account.hpp"
#include "accounts/passkey_answer.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"
#include "platform/http/routes.hpp"

namespace leadcrm::accounts {

constexpr std::int64_t passkeys_max = 20;  // of one person

struct Passkey {
    PasskeyId id;
    UserId user_id;
    db::Blob credential_id;  // what the authenticator calls it
    PasskeyAlgorithm algorithm = PasskeyAlgorithm::es256;
    db::Blob public_key;
    std::int64_t sign_count = 0;
    bool is_backup_eligible = false;
    bool is_backed_up = false;
    std::string name;
    Instant created_at;
    std::optional<Instant> used_at;
};
BOOST_DESCRIBE_STRUCT(Passkey, (),
    (id, user_id, credential_id, algorithm, public_key, sign_count, is_backup_eligible,
        is_backed_up, name, created_at, used_at))

// As its person is shown it.
struct MyPasskey {
    PasskeyId id;
    std::string name;
    bool is_synced = false;  // a password manager holds it, on all of the person's devices
    Instant created_at;
    std::optional<Instant> used_at;
};
BOOST_DESCRIBE_STRUCT(MyPasskey, (), (id, name, is_synced, created_at, used_at))

// The longest first.
std::vector<MyPasskey> my_passkeys(const db::PlatformReader& db, const UserId& user);
bool has_passkeys(const db::PlatformReader& db, const UserId& user);

// For navigator.credentials.create().
struct PasskeyWish {
    std::string challenge;
    std::string rp_id;
    std::string user_handle;  // base64url, as `exclude`
    std::string user_name;
    std::string display_name;
    std::vector<std::int64_t> algorithms;
    std::vector<std::string> exclude;  // credentials that the person has already
    std::int64_t timeout_ms = 0;
};
BOOST_DESCRIBE_STRUCT(PasskeyWish, (),
    (challenge, rp_id, user_handle, user_name, display_name, algorithms, exclude, timeout_ms))

// Throws Failure::conflict when the person has as many as may be.
PasskeyWish begin_passkey(
    db::PlatformTx& tx, const User& user, const RelyingParty& party, const Visitor& visitor);

struct AddPasskey : NewPasskeyAnswer {
    Text<1, 60> name;
};
BOOST_DESCRIBE_STRUCT(AddPasskey, (NewPasskeyAnswer), (name))

// Within five minutes of begin_passkey(), in the same session, which has a second factor from then
// on. A letter tells of it. Throws Failure::conflict, and PasskeyRefused.
MyPasskey add_passkey(db::Database& database, const UserId& user, const AddPasskey& ask,
    const RelyingParty& party, const Visitor& visitor, const http::Alongside& alongside = {});

// Both throw Failure::not_found.
void rename_passkey(
    db::PlatformTx& tx, const UserId& user, const PasskeyId& id, const std::string& name);
// Sessions that it opened end, but for the one that asks. Throws Failure::conflict for the last one
// of somebody who needs a second factor and has no app.
void remove_passkey(
    db::PlatformTx& tx, const User& user, const PasskeyId& id, const Visitor& visitor);

// When the operator resets a lost second factor.
void remove_passkeys(db::PlatformTx& tx, const UserId& user);

}  // namespace leadcrm::accounts
