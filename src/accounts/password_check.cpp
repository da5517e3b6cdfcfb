#include "accounts/password_check.hpp"

#include "accounts/account_store.hpp"
#include "accounts/attempts.hpp"
#include "platform/crypto/crypto.hpp"

namespace leadcrm::accounts {

void check_password(db::Database& database, const UserId& user, const std::string& password,
    const std::string& client_address)
{
    const auto who =
        database.read_platform([&](db::PlatformReader& db) { return store::find_user(db, user); });
    if (!who) throw Failure::signed_out("Please sign in again.");
    const auto limits = sign_in_limits(who->email, client_address);
    if (!database.write_platform([&](db::PlatformTx& tx) { return count_attempt(tx, limits); }))
        throw Failure::too_many("Too many tries. Please wait a quarter of an hour and try again.",
            int(std::chrono::seconds(attempts_window).count()));
    const auto salt = who->password_hash.substr(0, who->password_hash.rfind('$'));
    const auto hash = crypto::hash_password(password, salt);
    if (!crypto::equal_in_constant_time(hash, who->password_hash))
        throw Failure::invalid("password", "wrong", "This is not your password.");
    database.write_platform([&](db::PlatformTx& tx) { forget_attempts(tx, limits.front()); });
}

}  // namespace leadcrm::accounts
