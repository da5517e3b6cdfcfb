#include "accounts/second_factor.hpp"

#include "accounts/account_store.hpp"
#include "accounts/attempts.hpp"
#include "accounts/device.hpp"
#include "accounts/my_sessions.hpp"
#include "accounts/notice.hpp"
#include "accounts/passkey.hpp"
#include "accounts/platform_admin.hpp"
#include "accounts/refused_sign_in.hpp"
#include "accounts/sign_in.hpp"
#include "accounts/totp.hpp"
#include "events/change.hpp"

#include <algorithm>

namespace leadcrm::accounts {
namespace {

constexpr std::size_t secret_bytes = 20;
constexpr int recovery_codes_made = 10;
constexpr int recovery_code_length = 16;  // of 32 signs: 80 bits, which nobody guesses from a hash
constexpr int clock_steps_off =
    1;  // a phone's clock may be half a minute off, and so may its owner

struct SecondFactor {
    UserId user_id;
    db::Blob secret_sealed;
    std::optional<Instant> confirmed_at;
    std::int64_t last_step = 0;
};
BOOST_DESCRIBE_STRUCT(SecondFactor, (), (user_id, secret_sealed, confirmed_at, last_step))

std::optional<SecondFactor> find(const db::PlatformReader& db, const UserId& user)
{
    return db.row<SecondFactor>("SELECT {columns} FROM second_factors WHERE user_id = $1", user);
}

std::string context_of(const UserId& user) { return "second factor of " + user.text(); }

// As a person types it: without spaces and dashes, and small.
std::string plain(const std::string& code)
{
    std::string text;
    for (const char c : code)
        if (c != ' ' && c != '-') text += c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
    return text;
}

// Each step is used once, and none before one that was: a code that was looked at over a shoulder
// is worth nothing.
bool use_app_code(db::PlatformTx& tx, const crypto::Vault& vault, const SecondFactor& factor,
    const std::string& code, Instant now)
{
    const auto secret = vault.open(factor.secret_sealed.bytes, context_of(factor.user_id));
    std::optional<std::int64_t> used;
    for (int off = -clock_steps_off; off <= clock_steps_off; ++off) {
        const auto step = totp::step_at(now) + off;
        if (crypto::equal_in_constant_time(totp::code_at(secret, step), code)) used = step;
    }
    return used
        && tx.run("UPDATE second_factors SET last_step = $2 WHERE user_id = $1 AND last_step < $2",
               factor.user_id, *used)
        == 1;
}

bool use_recovery_code(db::PlatformTx& tx, const UserId& user, const std::string& code)
{
    return tx.run("DELETE FROM recovery_codes WHERE user_id = $1 AND code_hash = $2", user,
               db::Blob{crypto::sha256(code)})
        == 1;
}

Failure wrong_code()
{
    return Failure::invalid("code", "wrong",
        "This code is not right, or it was used already. Please type the one that the app shows "
        "next.");
}

void remove(db::PlatformTx& tx, const UserId& user)
{
    tx.run("DELETE FROM second_factors WHERE user_id = $1", user);
    tx.run("DELETE FROM recovery_codes WHERE user_id = $1", user);
}

void must_be_on(const db::PlatformReader& db, const UserId& user)
{
    if (!second_factor_of(db, user).since)
        throw Failure::conflict("No authenticator app is set up for your account.");
}

// In four groups, without the signs that look like others.
std::string new_recovery_code()
{
    constexpr std::string_view signs = "0123456789abcdefghjkmnpqrstvwxyz";
    std::string code;
    for (const char byte : crypto::random_bytes(recovery_code_length)) {
        if (code.size() % 5 == 4) code += '-';
        code += signs[static_cast<unsigned char>(byte) % signs.size()];
    }
    return code;
}

}  // namespace

SecondFactorState second_factor_of(const db::PlatformReader& db, const UserId& user)
{
    const auto factor = find(db, user);
    const auto since = factor ? factor->confirmed_at : std::nullopt;
    return {since,
        db.one<std::int64_t>("SELECT COUNT(*) FROM recovery_codes WHERE user_id = $1", user),
        has_passkeys(db, user) && (since || why_second_factor_needed(db, user))};
}

SecondFactorSecret begin_second_factor(
    db::PlatformTx& tx, const crypto::Vault& vault, const User& user)
{
    const auto before = find(tx, user.id);
    if (before && before->confirmed_at)
        throw Failure::conflict("Your second factor is on already. Turn it off first to set up "
                                "another app.");
    const auto secret = crypto::random_bytes(secret_bytes);
    tx.run(R"sql(
        INSERT INTO second_factors (user_id, secret_sealed, last_step) VALUES ($1, $2, 0)
        ON CONFLICT (user_id) DO UPDATE SET secret_sealed = EXCLUDED.secret_sealed
    )sql",
        user.id, db::Blob{vault.seal(secret, context_of(user.id))});
    return {totp::base32(secret), totp::uri(secret, user.email)};
}

RecoveryCodes confirm_second_factor(db::Database& database, const crypto::Vault& vault,
    const UserId& user_id, const std::string& code, const Visitor& visitor,
    const http::Alongside& alongside)
{
    const auto limits = proof_limits(user_id);
    throttle(database, limits);
    return database.write_platform([&](db::PlatformTx& tx) {
        const auto user = store::find_user(tx, user_id);
        const auto factor = find(tx, user_id);
        if (!user || !factor || factor->confirmed_at)
            throw Failure::conflict("There is nothing to confirm. Please begin anew.");
        const auto now = Instant::now();
        if (!use_app_code(tx, vault, *factor, plain(code), now)) throw wrong_code();
        tx.run("UPDATE second_factors SET confirmed_at = $2 WHERE user_id = $1", user_id, now);
        forget_attempts(tx, limits.front());
        order_notice(tx, *user, Notice::second_factor_on, visitor);
        if (alongside) alongside(tx);
        return renew_recovery_codes(tx, user_id);
    });
}

RecoveryCodes renew_recovery_codes(db::PlatformTx& tx, const UserId& user)
{
    must_be_on(tx, user);
    tx.run("DELETE FROM recovery_codes WHERE user_id = $1", user);
    RecoveryCodes made;
    for (int i = 0; i < recovery_codes_made; ++i) {
        made.codes.push_back(new_recovery_code());
        tx.run("INSERT INTO recovery_codes (user_id, code_hash) VALUES ($1, $2)", user,
            db::Blob{crypto::sha256(plain(made.codes.back()))});
    }
    return made;
}

void end_second_factor(db::PlatformTx& tx, const User& user, const Visitor& visitor)
{
    must_be_on(tx, user.id);
    if (!has_passkeys(tx, user.id))
        if (const auto why = why_second_factor_needed(tx, user.id))
            throw Failure::conflict(*why + ", so yours stays on.");
    remove(tx, user.id);
    order_notice(tx, user, Notice::second_factor_off, visitor);
}

void reset_lost_second_factor(db::PlatformTx& tx, const std::string& email)
{
    const auto user = store::find_user_of(tx, email);
    if (!user || !user->email_confirmed_at)
        throw Failure::not_found("No account has confirmed the address " + email + ".");
    if (!find(tx, user->id) && !has_passkeys(tx, user->id))
        throw Failure::conflict(email + " has no second factor.");
    remove(tx, user->id);
    remove_passkeys(tx, user->id);
    forget_devices(tx, user->id);
    store::remove_sessions(tx, user->id);
    tell_sessions_ended(tx, user->id);
    record_everywhere(tx, user->id,
        {.action = "leadcrm admin reset-second-factor",
            .what = "Switch off a lost second factor",
            .object = user->id.text()});
    order_notice(tx, *user, Notice::second_factor_lost, {});
}

void demand_code(db::Database& database, const crypto::Vault& vault, const UserId& user,
    const std::string& code, const Visitor& visitor, Instant now)
{
    const auto limits = database.read_platform([&](db::PlatformReader& db) {
        return code_limits(
            user, is_known_to(db, visitor.device_token, user) ? visitor.device_token : "");
    });
    throttle(database, limits);
    const bool is_right = database.write_platform([&](db::PlatformTx& tx) {
        const auto factor = find(tx, user);
        if (!factor || !factor->confirmed_at) return false;
        const auto typed = plain(code);
        if (!use_app_code(tx, vault, *factor, typed, now) && !use_recovery_code(tx, user, typed))
            return false;
        forget_attempts(tx, limits.front());
        return true;
    });
    if (is_right) return;
    note_wrong_code(database, user, visitor.address);
    throw wrong_code();
}

std::optional<std::string> why_second_factor_needed(
    const db::PlatformReader& db, const UserId& user)
{
    const auto needing = db.row<std::string>(R"sql(
        SELECT o.name FROM memberships m JOIN organizations o ON o.id = m.organization_id
        WHERE m.user_id = $1 AND o.needs_second_factor ORDER BY o.id LIMIT 1
    )sql",
        user);
    if (needing) return *needing + " asks everybody for a second factor";
    if (is_platform_admin(db, user)) return "Whoever operates the service needs a second factor";
    return std::nullopt;
}

void set_second_factor_needed(
    db::PlatformTx& tx, const UserId& user, const OrganizationId& organization, bool is_needed)
{
    if (is_needed && !second_factor_of(tx, user).since && !has_passkeys(tx, user))
        throw Failure::conflict("Set up your own second factor first, under Profile.");
    tx.run(
        "UPDATE organizations SET needs_second_factor = $2 WHERE id = $1", organization, is_needed);
    // Whoever has none can only set it up from now on, on screens that are open too.
    auto inside = tx.in_organization(organization);
    events::tell_change(inside, events::Topic::organization);
    if (is_needed) events::tell_sight_changed(inside);
}

std::int64_t reseal_second_factors(db::Database& database, const ResealSecret& reseal)
{
    const auto factors = database.read_platform([](db::PlatformReader& db) {
        return db.rows<SecondFactor>("SELECT {columns} FROM second_factors ORDER BY user_id");
    });
    std::int64_t changed = 0;
    for (const auto& factor : factors) {
        const auto fresh = reseal(factor.secret_sealed.bytes, context_of(factor.user_id));
        if (!fresh) continue;
        changed += database.write_platform([&](db::PlatformTx& tx) {
            return tx.run("UPDATE second_factors SET secret_sealed = $3"
                          " WHERE user_id = $1 AND secret_sealed = $2",
                factor.user_id, factor.secret_sealed, db::Blob{*fresh});
        });
    }
    return changed;
}

}  // namespace leadcrm::accounts
