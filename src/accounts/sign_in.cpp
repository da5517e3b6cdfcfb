#include "accounts/sign_in.hpp"

#include "accounts/account_store.hpp"
#include "accounts/attempts.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/phone/phone.hpp"

namespace leadcrm::accounts {
namespace {

const char wrong_credentials[] = "This e-mail and password do not belong together. Check both and "
                                 "try again.";

void throttle(db::Database& database, const std::vector<AttemptLimit>& limits)
{
    const bool within =
        database.write_platform([&](db::PlatformTx& tx) { return count_attempt(tx, limits); });
    if (!within)
        throw Failure::too_many("Too many tries. Please wait a quarter of an hour and try again.",
            int(std::chrono::seconds(attempts_window).count()));
}

// Verified against when the account is unknown, so that the answer takes as long as usual.
const std::string& nobodys_hash()
{
    static const std::string hash = crypto::hash_password(crypto::random_token());
    return hash;
}

std::string open_session(db::PlatformTx& tx, const UserId& user, const OrganizationId& organization,
    const Visitor& visitor)
{
    auto token = crypto::random_token();
    const auto now = Instant::now();
    store::insert(tx,
        Session{{crypto::sha256(token)}, user, organization, now, now + session_length,
            visitor.address, visitor.user_agent.substr(0, 400)});
    return token;
}

std::optional<std::string> owners_phone(const Registration& ask)
{
    if (!ask.phone) return std::nullopt;
    auto number = phone::to_e164(ask.phone->value, ask.country ? ask.country->value : "");
    if (!number)
        throw Failure::invalid("phone", "phone",
            "Please give the number with its country code, such as +34 600 000 000.");
    return number;
}

}  // namespace

SignedIn register_organization(
    db::Database& database, const Registration& ask, const Visitor& visitor, const Furnish& furnish)
{
    const auto phone = owners_phone(ask);
    throttle(database, registration_limits(visitor.address));

    const auto now = Instant::now();
    const auto known = database.read_platform(
        [&](db::PlatformReader& db) { return store::find_user(db, ask.email.value); });
    if (known) {
        throttle(database, sign_in_limits(ask.email.value, visitor.address));
        if (!crypto::password_matches(known->password_hash, ask.password.value))
            throw Failure::conflict("This e-mail cannot be used with this password. If you have an "
                                    "account, use its password, or sign in.");
    }
    const User user = known ? *known
                            : User{UserId::make(), ask.email.value, ask.name.value, phone,
                                crypto::hash_password(ask.password.value), now};
    const Organization organization{OrganizationId::make(), ask.organization_name.value,
        ask.country ? std::optional(ask.country->value) : std::nullopt,
        ask.time_zone ? ask.time_zone->value : "UTC", now};

    return database.write_platform([&](db::PlatformTx& tx) {
        if (!known) store::insert(tx, user);
        store::insert(tx, organization);
        store::insert(tx, Membership{user.id, organization.id, Role::owner, now});
        auto token = open_session(tx, user.id, organization.id, visitor);
        auto inside = tx.in_organization(organization.id);
        furnish(inside);
        return SignedIn{std::move(token), user.id, organization.id};
    });
}

SignedIn sign_in(db::Database& database, const SignIn& ask, const Visitor& visitor)
{
    const auto limits = sign_in_limits(ask.email.value, visitor.address);
    throttle(database, limits);

    std::vector<store::MembershipName> memberships;
    const auto user = database.read_platform([&](db::PlatformReader& db) {
        auto found = store::find_user(db, ask.email.value);
        if (found) memberships = store::memberships_of(db, found->id);
        return found;
    });
    const auto& hash = user ? user->password_hash : nobodys_hash();
    const bool matches = crypto::password_matches(hash, ask.password.value);
    if (!user || !matches || memberships.empty()) throw Failure::signed_out(wrong_credentials);

    const auto organization = memberships.front().id;
    return database.write_platform([&](db::PlatformTx& tx) {
        const auto now = Instant::now();
        forget_attempts(tx, limits.front());
        remove_old_attempts(tx, now);
        store::remove_expired_sessions(tx, now);
        return SignedIn{open_session(tx, user->id, organization, visitor), user->id, organization};
    });
}

void sign_out(db::Database& database, const std::string& token)
{
    database.write_platform(
        [&](db::PlatformTx& tx) { store::remove_session(tx, crypto::sha256(token)); });
}

std::optional<Membership> member_of_session(
    const db::PlatformReader& db, const std::string& token, Instant now)
{
    return store::find_session(db, crypto::sha256(token), now);
}

}  // namespace leadcrm::accounts
