#include "accounts/proof.hpp"

#include "accounts/account_store.hpp"
#include "accounts/attempts.hpp"
#include "accounts/passkey_sign_in.hpp"
#include "accounts/password.hpp"
#include "accounts/session_cookie.hpp"

namespace leadcrm::accounts {
namespace {

// The account, when the password is its own.
User prove_password(db::Database& database, const UserId& user_id, const std::string& password)
{
    const auto limits = proof_limits(user_id);
    throttle(database, limits);
    std::optional<std::string> salt;
    const auto user = database.read_platform([&](db::PlatformReader& db) {
        auto found = store::find_user(db, user_id);
        if (found) salt = store::find_salt(db, found->email);
        return found;
    });
    if (!user || !salt) throw Failure::signed_out("Please sign in again.");
    if (!crypto::equal_in_constant_time(hash_of(password, *salt), user->password_hash))
        throw Failure::invalid(
            "password", "wrong", "This is not your present password. Please try again.");
    database.write_platform([&](db::PlatformTx& tx) { forget_attempts(tx, limits.front()); });
    return *user;
}

}  // namespace

Reauthentication::Reauthentication(
    db::Database& database, const crypto::Vault& vault, const Surroundings& surroundings)
    : database_(database)
    , vault_(vault)
    , party_(relying_party(surroundings.public_url))
    , is_secure_(surroundings.is_secure)
{
}

User Reauthentication::demand(const http::Call& call, const Proof& given) const
{
    auto user = prove_password(database_, call.caller().user_id, given.password.value);
    check_second_proof(database_, vault_, user.id, {given.code, given.passkey}, party_,
        visitor_of(call.request, is_secure_));
    return user;
}

}  // namespace leadcrm::accounts
