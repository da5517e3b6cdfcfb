// The second factor at signing in: a code of an authenticator app (TOTP, RFC 6238: six digits, 30
// seconds, HMAC-SHA-1, which is what every app knows), or one of ten recovery codes. Over HTTP:
// second_factor_api.hpp.
#pragma once

#include "accounts/account.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"
#include "platform/http/routes.hpp"

#include <functional>

namespace leadcrm::accounts {

struct SecondFactorState {
    std::optional<Instant> since;  // none: it is off
    std::int64_t recovery_codes_left = 0;
    bool takes_passkey = false;  // in place of a code, or because there is no app
};
BOOST_DESCRIBE_STRUCT(SecondFactorState, (), (since, recovery_codes_left, takes_passkey))

struct SecondFactorSecret {
    std::string secret;  // base32, to type
    std::string uri;  // otpauth://…, for a QR code
};
BOOST_DESCRIBE_STRUCT(SecondFactorSecret, (), (secret, uri))

struct RecoveryCodes {
    std::vector<std::string> codes;  // shown once: only hashes are stored
};
BOOST_DESCRIBE_STRUCT(RecoveryCodes, (), (codes))

SecondFactorState second_factor_of(const db::PlatformReader& db, const UserId& user);

// Makes a secret. Nobody is asked for its codes before confirm_second_factor(). Throws
// Failure::conflict when the second factor is on.
SecondFactorSecret begin_second_factor(
    db::PlatformTx& tx, const crypto::Vault& vault, const User& user);

// A code shows that the app has the secret: the second factor is on. Throws Failure: invalid for a
// wrong code, conflict when nothing was begun, too_many.
RecoveryCodes confirm_second_factor(db::Database& database, const crypto::Vault& vault,
    const UserId& user, const std::string& code, const Visitor& visitor,
    const http::Alongside& alongside = {});

// The ones before are worth nothing. Throws Failure::conflict when there is no app.
RecoveryCodes renew_recovery_codes(db::PlatformTx& tx, const UserId& user);

// Throws Failure::conflict while an organization of the person needs it, and for a platform admin,
// unless they have a passkey; also when there is no app.
void end_second_factor(db::PlatformTx& tx, const User& user, const Visitor& visitor);

// For somebody who has lost phone and recovery codes, and whom the operator of the server knows:
// off, passkeys too, even where an organization needs it, whose people then set up another. Signs
// the account out everywhere, tells its organizations' audit logs, and its person by a letter.
// Throws Failure: not_found when no account has confirmed the address, conflict when it has
// neither.
void reset_lost_second_factor(db::PlatformTx& tx, const std::string& email);

// Uses a code up. A wrong one is told to the audit logs of the person's organizations. Counts the
// try, for the device when the account knows it, so that strangers do not lock the person out.
// Throws Failure: invalid for a code that is wrong or was used; too_many.
void demand_code(db::Database& database, const crypto::Vault& vault, const UserId& user,
    const std::string& code, const Visitor& visitor, Instant now = Instant::now());

// Why the person needs a second factor, to be gone on with: "Acme asks everybody for a second
// factor". Nothing when they need none.
std::optional<std::string> why_second_factor_needed(
    const db::PlatformReader& db, const UserId& user);

// Whoever has no second factor can only set it up from now on. Throws Failure::conflict when the
// person who wants it has none, nor a passkey.
void set_second_factor_needed(
    db::PlatformTx& tx, const UserId& user, const OrganizationId& organization, bool is_needed);

// Sealing the secrets again, when the vault has a new key: what becomes of each, or nothing when it
// stays as it is. Returns how many were changed.
using ResealSecret = std::function<std::optional<std::string>(
    const std::string& sealed, const std::string& context)>;
std::int64_t reseal_second_factors(db::Database& database, const ResealSecret& reseal);

}  // namespace leadcrm::accounts
