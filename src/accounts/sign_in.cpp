#include "accounts/sign_in.hpp"

#include "accounts/account_store.hpp"
#include "accounts/attempts.hpp"
#include "accounts/confirmation.hpp"
#include "accounts/device.hpp"
#include "accounts/notice.hpp"
#include "accounts/passkey_sign_in.hpp"
#include "accounts/password.hpp"
#include "accounts/platform_admin.hpp"
#include "accounts/reader_of.hpp"
#include "accounts/refused_sign_in.hpp"
#include "accounts/session_length.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/phone/phone.hpp"

#include <algorithm>

namespace leadcrm::accounts {
namespace {

const char wrong_credentials[] = "This e-mail and password do not belong together. Check both and "
                                 "try again.";

// Who may be signed in by this try.
struct Admission {
    bool is_open = false;  // everybody
    std::vector<UserId> known;  // else these only: the accounts that know the device

    bool has(const UserId& user) const { return is_open || std::ranges::count(known, user) > 0; }
};

// Counted before the password is looked at. Whoever wants to lock others out uses up what strangers
// are given; what a known device is given is its own.
Admission admit(db::Database& database, const std::string& email, const Visitor& visitor)
{
    auto found = database.write_platform([&](db::PlatformTx& tx) {
        Admission admission{count_attempt(tx, sign_in_limits(email, visitor.address)),
            accounts_known_to(tx, visitor.device_token, email)};
        if (!admission.known.empty()
            && !count_attempt(tx, device_limits(email, visitor.device_token)))
            admission.known.clear();
        return admission;
    });
    if (!found.is_open && found.known.empty()) throw too_many_tries();
    return found;
}

// A session with what all have in common, and its token.
std::pair<Session, std::string> fresh_session(const db::PlatformReader& db, const UserId& user,
    const std::optional<OrganizationId>& organization, const Visitor& visitor, Instant since)
{
    auto token = crypto::random_token();
    Session session{{crypto::sha256(token)}, user, organization, since,
        since + session_length_in(db, organization), visitor.address,
        visitor.user_agent.substr(0, 400)};
    session.seen_at = Instant::now();
    return {std::move(session), std::move(token)};
}

SignedIn store_session(db::PlatformTx& tx, const UserId& user,
    const std::optional<OrganizationId>& organization, const Visitor& visitor,
    const RememberedDevice& device, const Proven& proven,
    const std::optional<SupportGrantId>& grant = {})
{
    auto [session, token] = fresh_session(tx, user, organization, visitor, proven.at);
    if (grant) session.expires_at = proven.at + platform_session_length;
    session.device_id = device.id;
    session.passkey_id = proven.passkey;
    session.support_grant_id = grant;
    store::insert(tx, session);
    note_browser_language(tx, user, visitor);
    return {std::move(token), device.token, user, organization};
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

SignedIn open_session(db::PlatformTx& tx, const UserId& user, const OrganizationId& organization,
    const Visitor& visitor, const RememberedDevice& device, const Proven& proven)
{
    tx.run("UPDATE memberships SET entered_at = $3 WHERE user_id = $1 AND organization_id = $2",
        user, organization, Instant::now());
    return store_session(tx, user, organization, visitor, device, proven);
}

SignedIn open_platform_session(db::PlatformTx& tx, const UserId& user, const Visitor& visitor,
    const RememberedDevice& device, const Proven& proven)
{
    return store_session(tx, user, std::nullopt, visitor, device, proven);
}

SignedIn open_support_session(db::PlatformTx& tx, const UserId& user,
    const OrganizationId& organization, const SupportGrantId& grant, const Visitor& visitor,
    const RememberedDevice& device, const Proven& proven)
{
    return store_session(tx, user, organization, visitor, device, proven, grant);
}

SignedIn open_bound_session(db::PlatformTx& tx, const UserId& user,
    const OrganizationId& organization, const Visitor& visitor)
{
    auto [session, token] = fresh_session(tx, user, organization, visitor, Instant::now());
    session.is_bound = true;
    store::insert(tx, session);
    note_browser_language(tx, user, visitor);
    return {std::move(token), {}, user, organization};
}

Proven proven_before(const db::PlatformReader& db, const UserId& user, const Visitor& visitor)
{
    const auto since = db.row<Instant>("SELECT created_at FROM sessions"
                                       " WHERE token_hash = $1 AND user_id = $2",
        db::Blob{crypto::sha256(visitor.session_token)}, user);
    return {passkey_of_session(db, user, visitor), since.value_or(Instant::now())};
}

std::optional<PasskeyId> passkey_of_session(
    const db::PlatformReader& db, const UserId& user, const Visitor& visitor)
{
    return store::find_session_passkey(db, user, crypto::sha256(visitor.session_token));
}

Doors doors_of(const db::PlatformReader& db, const UserId& user)
{
    const bool is_admin = is_platform_admin(db, user);
    const bool is_closed = store::is_in_closed_one(db, user);
    return {is_admin || is_closed || !store::memberships_of(db, user).empty(), is_admin, is_closed,
        store::open_to_passwords(db, user)};
}

void must_be_open(const Doors& doors)
{
    if (!doors.open.empty() || doors.is_admin) return;
    if (doors.is_closed)
        throw Failure::forbidden(
            "Your organization is being deleted. Nobody can sign in any more.");
    throw Failure::forbidden("Your organization asks everybody to sign in with the company's "
                             "account. Use the link below the form.");
}

SignedIn let_in(db::PlatformTx& tx, const User& user, const Doors& doors, const Visitor& visitor,
    const std::optional<PasskeyId>& passkey)
{
    const auto now = Instant::now();
    remove_old_attempts(tx, now);
    store::remove_expired_sessions(tx, now);
    forget_old_devices(tx, now);
    const auto device = remember_device(tx, user.id, visitor.device_token);
    if (device.is_new) order_notice(tx, user, Notice::new_device, visitor);
    if (doors.open.empty()) return open_platform_session(tx, user.id, visitor, device, {passkey});
    return open_session(tx, user.id, doors.open.front(), visitor, device, {passkey});
}

SignedIn register_organization(db::Database& database, const crypto::Vault& vault,
    const Registration& ask, const Visitor& visitor, const Furnish& furnish,
    const RelyingParty& party)
{
    const auto phone = owners_phone(ask);
    throttle(database, registration_limits(ask.email.value, visitor.address));
    refuse_guessable(ask.password, {ask.email.value, ask.name.value, ask.organization_name.value});

    const auto fresh_salt = crypto::new_password_salt();
    const auto salt = database.write_platform(
        [&](db::PlatformTx& tx) { return store::keep_salt(tx, ask.email.value, fresh_salt); });
    const auto hash = hash_of(ask.password.value, salt);
    const auto account = database.read_platform(
        [&](db::PlatformReader& db) { return store::find_user(db, ask.email.value, hash); });
    std::optional<PasskeyId> passkey;
    if (account)
        passkey = check_second_proof(
            database, vault, account->id, {ask.code, ask.passkey}, party, visitor);

    const auto now = Instant::now();
    const User fresh{
        UserId::make(), ask.email.value, std::nullopt, ask.name.value, phone, hash, now};
    const Organization organization{OrganizationId::make(), ask.organization_name.value,
        ask.country ? std::optional(ask.country->value) : std::nullopt,
        ask.time_zone ? ask.time_zone->value : "UTC", now};

    return database.write_platform([&](db::PlatformTx& tx) {
        const auto known = store::find_user(tx, ask.email.value, hash);
        if (!known) store::insert(tx, fresh);
        const auto& user = known ? *known : fresh;
        store::insert(tx, organization);
        store::insert(tx, Membership{user.id, organization.id, Role::owner, now});
        order_confirmation(tx, user);
        const auto device = remember_device(tx, user.id, visitor.device_token);
        auto signed_in = open_session(tx, user.id, organization.id, visitor, device, {passkey});
        auto inside = tx.in_organization(organization.id);
        furnish(inside);
        return signed_in;
    });
}

SignedIn sign_in(db::Database& database, const crypto::Vault& vault, const SignIn& ask,
    const Visitor& visitor, const RelyingParty& party)
{
    const auto admission = admit(database, ask.email.value, visitor);

    const auto salt = database.read_platform(
        [&](db::PlatformReader& db) { return store::find_salt(db, ask.email.value); });
    const auto hash = hash_of(ask.password.value, salt ? *salt : nobodys_salt());

    Doors doors;
    const auto user = database.read_platform([&](db::PlatformReader& db) {
        auto found = store::find_user(db, ask.email.value, hash);
        if (found) doors = doors_of(db, found->id);
        return found;
    });
    if (!user || !doors.is_known || !admission.has(user->id)) {
        note_refused_sign_in(database, ask.email.value, visitor.address);
        throw Failure::signed_out(wrong_credentials);
    }

    const auto passkey =
        check_second_proof(database, vault, user->id, {ask.code, ask.passkey}, party, visitor);
    must_be_open(doors);

    return database.write_platform([&](db::PlatformTx& tx) {
        // A password that was changed meanwhile ended the sessions it had opened: it opens no
        // other.
        const auto still = store::find_user(tx, ask.email.value, hash);
        if (!still || still->id != user->id) throw Failure::signed_out(wrong_credentials);
        forget_attempts(tx, sign_in_limits(ask.email.value, visitor.address).front());
        forget_attempts(tx, device_limits(ask.email.value, visitor.device_token).front());
        return let_in(tx, *user, doors, visitor, passkey);
    });
}

void sign_out(db::Database& database, const std::string& token)
{
    database.write_platform(
        [&](db::PlatformTx& tx) { store::remove_session(tx, crypto::sha256(token)); });
}

std::optional<LiveSession> member_of_session(
    const db::PlatformReader& db, const std::string& token, Instant now)
{
    return store::find_session(db, crypto::sha256(token), now);
}

}  // namespace leadcrm::accounts
