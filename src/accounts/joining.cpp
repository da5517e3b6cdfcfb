#include "accounts/joining.hpp"

#include "accounts/account_store.hpp"
#include "accounts/attempts.hpp"
#include "accounts/confirmation.hpp"
#include "accounts/device.hpp"
#include "accounts/password.hpp"
#include "platform/crypto/crypto.hpp"

namespace leadcrm::accounts {
namespace {

void must_be_member(
    const db::PlatformReader& db, const UserId& user, const OrganizationId& organization)
{
    for (const auto& membership : store::memberships_of(db, user))
        if (membership.id == organization) return;
    throw Failure::not_found("You are no member of this organization any more.");
}

}  // namespace

User prepare_account(db::Database& database, const NewAccount& ask, const Visitor& visitor)
{
    throttle(database, registration_limits(ask.email.value, visitor.address));
    refuse_guessable(ask.password, {ask.email.value, ask.name.value});
    const auto fresh_salt = crypto::new_password_salt();
    const auto salt = database.write_platform(
        [&](db::PlatformTx& tx) { return store::keep_salt(tx, ask.email.value, fresh_salt); });
    auto hash = hash_of(ask.password.value, salt);
    const auto known = database.read_platform([&](db::PlatformReader& db) {
        return store::find_user(db, ask.email.value, hash).has_value();
    });
    if (known)
        throw Failure::conflict(
            "You have an account with this address and password already. Sign in, then accept.");
    return {UserId::make(), ask.email.value, std::nullopt, ask.name.value, std::nullopt,
        std::move(hash), Instant::now()};
}

void open_account(db::PlatformTx& tx, User user, bool is_own_address)
{
    if (is_own_address) {
        if (store::is_confirmed(tx, user.email))
            throw Failure::conflict(
                "You have an account with this address already. Sign in, then accept.");
        user.email_confirmed_at = Instant::now();
    }
    store::insert(tx, user);
    order_confirmation(tx, user);
}

User open_account_without_password(
    db::PlatformTx& tx, const std::string& email, const std::string& name)
{
    User user{UserId::make(), email, std::nullopt, name, std::nullopt,
        "no password " + crypto::random_token(), Instant::now()};
    store::keep_salt(tx, email, crypto::new_password_salt());
    open_account(tx, user, false);
    return user;
}

bool is_taken(const db::PlatformReader& db, const std::string& email)
{
    return store::is_confirmed(db, email);
}

std::optional<User> find_account(const db::PlatformReader& db, const UserId& id)
{
    return store::find_user(db, id);
}

void confirm_address(db::PlatformTx& tx, const User& user)
{
    if (user.email_confirmed_at || store::is_confirmed(tx, user.email)) return;
    tx.run("UPDATE users SET email_confirmed_at = $2 WHERE id = $1", user.id, Instant::now());
    tx.run("DELETE FROM email_confirmations WHERE user_id = $1", user.id);
}

SignedIn enter(db::PlatformTx& tx, const UserId& user, const OrganizationId& organization,
    const Visitor& visitor)
{
    must_be_member(tx, user, organization);
    for (const auto& open : store::open_to_passwords(tx, user))
        if (open == organization)
            return open_session(tx, user, organization, visitor,
                remember_device(tx, user, visitor.device_token), proven_before(tx, user, visitor));
    throw Failure::forbidden("This organization asks everybody to sign in with the company's "
                             "account. Sign out, then use the link below the form.");
}

SignedIn enter_bound(db::PlatformTx& tx, const UserId& user, const OrganizationId& organization,
    const Visitor& visitor)
{
    must_be_member(tx, user, organization);
    return open_bound_session(tx, user, organization, visitor);
}

void join(db::PlatformTx& tx, const UserId& user, const OrganizationId& organization, Role role)
{
    tx.run(R"sql(
        INSERT INTO memberships (user_id, organization_id, role, created_at)
        VALUES ($1, $2, $3, $4) ON CONFLICT (user_id, organization_id) DO NOTHING
    )sql",
        user, organization, role, Instant::now());
}

}  // namespace leadcrm::accounts
