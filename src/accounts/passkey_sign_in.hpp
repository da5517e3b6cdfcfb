// Signing in with a passkey: instead of address and password, or in place of a code after them. Its
// device has verified the person, so it is both factors.
#pragma once

#include "accounts/passkey.hpp"
#include "accounts/sign_in.hpp"

namespace leadcrm::accounts {

// For navigator.credentials.get(). Which passkeys there are is not told: the authenticator knows.
struct PasskeyQuestion {
    std::string challenge;
    std::string rp_id;
    std::int64_t timeout_ms = 0;
};
BOOST_DESCRIBE_STRUCT(PasskeyQuestion, (), (challenge, rp_id, timeout_ms))

// `browser_token`: the secret of the browser, in a cookie. Throws Failure::too_many.
PasskeyQuestion ask_for_passkey(db::Database& database, const RelyingParty& party,
    const std::string& browser_token, const Visitor& visitor);

// The passkey that signed, its use put down. `person`: whose it must be, when that is known
// already. What is refused of a known passkey is told to the audit logs of its person's
// organizations. Throws PasskeyRefused.
Passkey prove_passkey(db::Database& database, const RelyingParty& party,
    const PasskeyAnswer& answer, const Visitor& visitor,
    const std::optional<UserId>& person = std::nullopt);

// As sign_in(), and where sign_in() is refused so is this. Throws Failure: signed_out, with the
// same words whatever is wrong; forbidden when all of the person's organizations let their people
// in only by the company's account; too_many.
SignedIn sign_in_with_passkey(db::Database& database, const RelyingParty& party,
    const PasskeyAnswer& answer, const Visitor& visitor);

// What is asked for besides the password by whoever has a second factor, and by whoever needs one
// and has passkeys. Returns the passkey that was given. Throws Failure::invalid with the fields
// `code` and `passkey`, as far as either would do, `required` or `wrong`; too_many.
std::optional<PasskeyId> check_second_proof(db::Database& database, const crypto::Vault& vault,
    const UserId& user, const SecondProof& given, const RelyingParty& party,
    const Visitor& visitor);

}  // namespace leadcrm::accounts
