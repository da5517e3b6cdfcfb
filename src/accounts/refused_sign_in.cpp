#include "accounts/refused_sign_in.hpp"

#include "accounts/account_store.hpp"
#include "audit/audit.hpp"

namespace leadcrm::accounts {
namespace {

struct Account {
    UserId id;
    bool is_confirmed = false;
};
BOOST_DESCRIBE_STRUCT(Account, (), (id, is_confirmed))

std::optional<UserId> account_of(const db::PlatformReader& db, const std::string& email)
{
    const auto accounts = db.rows<Account>(R"sql(
        SELECT id, email_confirmed_at IS NOT NULL AS is_confirmed FROM users WHERE email = $1
    )sql",
        email);
    for (const auto& account : accounts)
        if (account.is_confirmed || accounts.size() == 1) return account.id;
    return std::nullopt;
}

}  // namespace

void note_refused_sign_in(
    db::Database& database, const std::string& email, const std::string& address)
{
    database.start_write(
        [email, address](db::PlatformTx& tx) {
            const auto user = account_of(tx, email);
            if (!user) return;
            for (const auto& membership : store::memberships_of(tx, *user)) {
                auto inside = tx.in_organization(membership.id);
                audit::record(inside,
                    {.user_id = user,
                        .action = "POST /api/v1/auth/login",
                        .what = "Sign in",
                        .outcome = audit::Outcome::refused,
                        .address = address});
            }
        },
        [](const std::exception_ptr&) {});
}

}  // namespace leadcrm::accounts
