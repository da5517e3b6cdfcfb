// Proving once more, while signed in, that one is who signed in: before what a stolen session must
// not be enough for. Blocking: a password is hashed.
#pragma once

#include "accounts/account_api.hpp"
#include "accounts/passkey_answer.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"

namespace leadcrm::accounts {

// Given with the request that needs it: such requests derive from it.
struct Proof {
    Text<1, 1000> password;
    std::optional<Text<1, 40>> code;  // or a passkey, of whoever has a second factor
    std::optional<PasskeyAnswer> passkey;
};
BOOST_DESCRIBE_STRUCT(Proof, (), (password, code, passkey))

// Asks for what signing in asks for. Thread-safe.
class Reauthentication {
public:
    // Both must outlive it.
    Reauthentication(
        db::Database& database, const crypto::Vault& vault, const Surroundings& surroundings);

    // The account of who calls. Throws Failure: invalid, naming `password`, `code` or `passkey`;
    // too_many after ten wrong ones within a quarter of an hour.
    User demand(const http::Call& call, const Proof& given) const;

private:
    db::Database& database_;
    const crypto::Vault& vault_;
    const RelyingParty party_;
    const bool is_secure_;
};

}  // namespace leadcrm::accounts
