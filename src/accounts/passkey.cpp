#include "accounts/passkey.hpp"

#include "accounts/account_store.hpp"
#include "accounts/my_sessions.hpp"
#include "accounts/notice.hpp"
#include "accounts/passkey_challenge.hpp"
#include "accounts/second_factor.hpp"

namespace leadcrm::accounts {
namespace {

std::vector<Passkey> passkeys_of(const db::PlatformReader& db, const UserId& user)
{
    return db.rows<Passkey>(
        "SELECT {columns} FROM passkeys WHERE user_id = $1 ORDER BY created_at, id", user);
}

MyPasskey shown(const Passkey& passkey)
{
    return {passkey.id, passkey.name, passkey.is_backed_up, passkey.created_at, passkey.used_at};
}

std::string handle_of(const UserId& user)
{
    return crypto::base64url(std::string(user.uuid.begin(), user.uuid.end()));
}

User account_of(const db::PlatformReader& db, const UserId& id)
{
    auto user = store::find_user(db, id);
    if (!user) throw Failure::signed_out("Please sign in again.");
    return *user;
}

void must_have_room(std::size_t count)
{
    if (count >= std::size_t(passkeys_max))
        throw Failure::conflict("You have " + std::to_string(passkeys_max)
            + " passkeys, which is as many as may be. Remove one first.");
}

Failure not_there() { return Failure::not_found("This passkey is no longer here."); }

}  // namespace

std::vector<MyPasskey> my_passkeys(const db::PlatformReader& db, const UserId& user)
{
    std::vector<MyPasskey> found;
    for (const auto& passkey : passkeys_of(db, user)) found.push_back(shown(passkey));
    return found;
}

bool has_passkeys(const db::PlatformReader& db, const UserId& user)
{
    return db.row<PasskeyId>("SELECT id FROM passkeys WHERE user_id = $1 LIMIT 1", user)
        .has_value();
}

PasskeyWish begin_passkey(
    db::PlatformTx& tx, const User& user, const RelyingParty& party, const Visitor& visitor)
{
    const auto known = passkeys_of(tx, user.id);
    must_have_room(known.size());
    PasskeyWish wish{make_challenge(tx, {visitor.session_token, user.id}), party.id,
        handle_of(user.id), user.email, user.name, {cose_algorithms.begin(), cose_algorithms.end()},
        {}, std::chrono::milliseconds(challenge_length).count()};
    for (const auto& passkey : known)
        wish.exclude.push_back(crypto::base64url(passkey.credential_id.bytes));
    return wish;
}

MyPasskey add_passkey(db::Database& database, const UserId& user_id, const AddPasskey& ask,
    const RelyingParty& party, const Visitor& visitor, const http::Alongside& alongside)
{
    const auto challenge = challenge_of(ask.client_data.value, Ceremony::create, party);
    const bool was_asked = database.write_platform([&](db::PlatformTx& tx) {
        return take_challenge(tx, challenge, {visitor.session_token, user_id});
    });
    if (!was_asked) throw PasskeyRefused(PasskeyTrouble::wrong_challenge);
    const auto fresh = read_fresh(ask, party);
    return database.write_platform([&](db::PlatformTx& tx) {
        const auto user = account_of(tx, user_id);
        must_have_room(passkeys_of(tx, user_id).size());
        const Passkey passkey{PasskeyId::make(), user_id, {fresh.credential_id},
            fresh.key.algorithm, {fresh.key.public_key}, fresh.state.sign_count,
            fresh.state.is_backup_eligible, fresh.state.is_backed_up, ask.name.value,
            Instant::now(), std::nullopt};
        const bool is_new = tx.store("INSERT INTO passkeys ({columns}) VALUES ({values})"
                                     " ON CONFLICT (credential_id) DO NOTHING",
                                passkey)
            == 1;
        if (!is_new) throw Failure::conflict("This passkey is known already.");
        store::set_session_passkey(tx, crypto::sha256(visitor.session_token), passkey.id);
        order_notice(tx, user, Notice::passkey_added, visitor);
        if (alongside) alongside(tx);
        return shown(passkey);
    });
}

void rename_passkey(
    db::PlatformTx& tx, const UserId& user, const PasskeyId& id, const std::string& name)
{
    if (tx.run("UPDATE passkeys SET name = $3 WHERE user_id = $1 AND id = $2", user, id, name) == 0)
        throw not_there();
}

void remove_passkey(
    db::PlatformTx& tx, const User& user, const PasskeyId& id, const Visitor& visitor)
{
    if (tx.run("DELETE FROM passkeys WHERE user_id = $1 AND id = $2", user.id, id) == 0)
        throw not_there();
    if (!has_passkeys(tx, user.id) && !second_factor_of(tx, user.id).since)
        if (const auto why = why_second_factor_needed(tx, user.id))
            throw Failure::conflict(
                *why + ", so your last passkey stays. Add another, or set up an app first.");
    tx.run("DELETE FROM sessions WHERE user_id = $1 AND passkey_id = $2 AND token_hash <> $3",
        user.id, id, db::Blob{crypto::sha256(visitor.session_token)});
    tell_sessions_ended(tx, user.id);
    order_notice(tx, user, Notice::passkey_removed, visitor);
}

void remove_passkeys(db::PlatformTx& tx, const UserId& user)
{
    tx.run("DELETE FROM passkeys WHERE user_id = $1", user);
}

}  // namespace leadcrm::accounts
