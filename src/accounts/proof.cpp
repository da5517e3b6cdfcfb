#include "accounts/proof.hpp"

#include "accounts/account_store.hpp"
#include "accounts/attempts.hpp"
#include "accounts/password.hpp"
#include "platform/crypto/crypto.hpp"

namespace leadcrm::accounts {

User prove_password(db::Database& database, const UserId& user_id, const std::string& password,
    const std::string& field)
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
            field, "wrong", "This is not your present password. Please try again.");
    database.write_platform([&](db::PlatformTx& tx) { forget_attempts(tx, limits.front()); });
    return *user;
}

}  // namespace leadcrm::accounts
