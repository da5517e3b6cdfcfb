#include "accounts/refused_sign_in.hpp"

#include "accounts/account_store.hpp"

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

audit::Entry refusal(const UserId& user, const std::string& action, const std::string& what,
    const std::string& address)
{
    return {.user_id = user,
        .action = action,
        .what = what,
        .outcome = audit::Outcome::refused,
        .address = address};
}

}  // namespace

void record_everywhere(db::PlatformTx& tx, const UserId& user, const audit::Entry& entry)
{
    for (const auto& membership : store::memberships_of(tx, user)) {
        auto inside = tx.in_organization(membership.id);
        auto own = entry;
        own.id = audit::EntryId::make();
        audit::record(inside, own);
    }
}

void note_refused_sign_in(
    db::Database& database, const std::string& email, const std::string& address)
{
    database.start_write(
        [email, address](db::PlatformTx& tx) {
            if (const auto user = account_of(tx, email))
                record_everywhere(
                    tx, *user, refusal(*user, "POST /api/v1/auth/login", "Sign in", address));
        },
        [](const std::exception_ptr&) {});
}

void note_wrong_code(db::Database& database, const UserId& user, const std::string& address)
{
    database.start_write(
        [user, address](db::PlatformTx& tx) {
            record_everywhere(tx, user,
                refusal(user, "second factor", "Give a code of the second factor", address));
        },
        [](const std::exception_ptr&) {});
}

void note_refused_passkey(
    db::Database& database, const UserId& user, const std::string& address, bool is_copy)
{
    database.start_write(
        [user, address, is_copy](db::PlatformTx& tx) {
            record_everywhere(tx, user,
                refusal(user, is_copy ? "copied passkey" : "POST /api/v1/auth/passkey",
                    is_copy ? "Sign in with a passkey that may be a copy: its counter went back"
                            : "Sign in with a passkey",
                    address));
        },
        [](const std::exception_ptr&) {});
}

}  // namespace leadcrm::accounts
