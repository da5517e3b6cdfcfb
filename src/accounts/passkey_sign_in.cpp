#include "accounts/passkey_sign_in.hpp"

#include "accounts/account_store.hpp"
#include "accounts/attempts.hpp"
#include "accounts/device.hpp"
#include "accounts/passkey_challenge.hpp"
#include "accounts/refused_sign_in.hpp"
#include "accounts/second_factor.hpp"

namespace leadcrm::accounts {
namespace {

// Strangers of the network together, and each browser that has signed in before by itself: ADR 13.
void admit(db::Database& database, const std::vector<AttemptLimit>& of_network,
    const std::string& what, const Visitor& visitor)
{
    const bool may_go = database.write_platform([&](db::PlatformTx& tx) {
        return count_attempt(tx, of_network)
            || (is_known(tx, visitor.device_token)
                && count_attempt(tx, device_limits(what, visitor.device_token)));
    });
    if (!may_go) throw too_many_tries();
}

Passkey find_by_credential(const db::PlatformReader& db, const std::string& credential_id)
{
    auto found = db.row<Passkey>(
        "SELECT {columns} FROM passkeys WHERE credential_id = $1", db::Blob{credential_id});
    if (!found) throw PasskeyRefused(PasskeyTrouble::unknown_passkey);
    return *found;
}

std::string handle_bytes(const UserId& user)
{
    return std::string(user.uuid.begin(), user.uuid.end());
}

void must_be_of(
    const Passkey& passkey, const PasskeyAnswer& answer, const std::optional<UserId>& person)
{
    if (bytes_of(answer.user_handle.value) != handle_bytes(passkey.user_id)
        || (person && *person != passkey.user_id))
        throw PasskeyRefused(PasskeyTrouble::other_person);
}

// A counter that does not go on belongs to a copy of the key, or to the original after one was
// used. Those that do not count say 0 each time.
void put_down_use(db::PlatformTx& tx, Passkey& passkey, const AuthenticatorState& state)
{
    passkey.used_at = Instant::now();
    passkey.sign_count = state.sign_count;
    passkey.is_backed_up = state.is_backed_up;
    const auto goes_on = tx.run(R"sql(
        UPDATE passkeys SET sign_count = $2, is_backed_up = $3, used_at = $4
        WHERE id = $1 AND (sign_count < $2 OR (sign_count = 0 AND $2 = 0))
    )sql",
        passkey.id, passkey.sign_count, passkey.is_backed_up, *passkey.used_at);
    if (goes_on == 0) throw PasskeyRefused(PasskeyTrouble::counter_back);
}

// Nobody learns what was wrong; the log does.
Failure refusal(const PasskeyRefused& refused)
{
    return Failure::signed_out("This passkey does not sign you in here. Try again, or sign in with "
                               "your password.")
        .because(std::string("passkey: ") + refused.what());
}

}  // namespace

PasskeyQuestion ask_for_passkey(db::Database& database, const RelyingParty& party,
    const std::string& browser_token, const Visitor& visitor)
{
    admit(database, passkey_question_limits(visitor.address), "passkey question", visitor);
    const auto challenge = database.write_platform([&](db::PlatformTx& tx) {
        return make_challenge(tx, {browser_token, std::nullopt});
    });
    return {challenge, party.id, std::chrono::milliseconds(challenge_length).count()};
}

Passkey prove_passkey(db::Database& database, const RelyingParty& party,
    const PasskeyAnswer& answer, const Visitor& visitor, const std::optional<UserId>& person)
{
    const auto challenge = challenge_of(answer.client_data.value, Ceremony::get, party);
    const auto credential_id = bytes_of(answer.credential_id.value);
    // In a transaction of its own: it is used up by what is refused, too.
    const bool was_asked = database.write_platform([&](db::PlatformTx& tx) {
        return take_challenge(tx, challenge, {visitor.passkey_token, std::nullopt});
    });
    if (!was_asked) throw PasskeyRefused(PasskeyTrouble::wrong_challenge);
    auto passkey = database.read_platform(
        [&](db::PlatformReader& db) { return find_by_credential(db, credential_id); });
    try {
        must_be_of(passkey, answer, person);
        const auto state = verify(answer, {passkey.algorithm, passkey.public_key.bytes}, party);
        if (state.is_backup_eligible != passkey.is_backup_eligible)
            throw PasskeyRefused(PasskeyTrouble::other_kind);
        database.write_platform([&](db::PlatformTx& tx) { put_down_use(tx, passkey, state); });
    } catch (const PasskeyRefused& refused) {
        note_refused_passkey(database, passkey.user_id, visitor.address,
            refused.trouble == PasskeyTrouble::counter_back);
        throw;
    }
    return passkey;
}

SignedIn sign_in_with_passkey(db::Database& database, const RelyingParty& party,
    const PasskeyAnswer& answer, const Visitor& visitor)
{
    admit(database, passkey_limits(visitor.address), "passkey", visitor);
    try {
        const auto passkey = prove_passkey(database, party, answer, visitor);
        std::optional<User> user;
        Doors doors;
        database.read_platform([&](db::PlatformReader& db) {
            user = store::find_user(db, passkey.user_id);
            doors = doors_of(db, passkey.user_id);
        });
        if (!user || !doors.is_known) throw PasskeyRefused(PasskeyTrouble::unknown_passkey);
        must_be_open(doors);
        return database.write_platform(
            [&](db::PlatformTx& tx) { return let_in(tx, *user, doors, visitor, passkey.id); });
    } catch (const PasskeyRefused& refused) {
        throw refusal(refused);
    }
}

std::optional<PasskeyId> check_second_proof(db::Database& database, const crypto::Vault& vault,
    const UserId& user, const SecondProof& given, const RelyingParty& party, const Visitor& visitor)
{
    bool is_known_device = false;
    const auto factor = database.read_platform([&](db::PlatformReader& db) {
        is_known_device = is_known_to(db, visitor.device_token, user);
        return second_factor_of(db, user);
    });
    const bool has_app = factor.since.has_value();
    const bool takes_passkey = factor.takes_passkey;
    if (!has_app && !takes_passkey) return std::nullopt;
    if (takes_passkey && given.passkey) {
        const auto limits = code_limits(user, is_known_device ? visitor.device_token : "");
        throttle(database, limits);
        try {
            const auto passkey = prove_passkey(database, party, *given.passkey, visitor, user);
            database.write_platform(
                [&](db::PlatformTx& tx) { forget_attempts(tx, limits.front()); });
            return passkey.id;
        } catch (const PasskeyRefused& refused) {
            throw Failure::invalid("passkey", "wrong",
                "This passkey is not one of this account, or it was not verified. Try again.")
                .because(std::string("passkey: ") + refused.what());
        }
    }
    if (has_app && given.code) {
        demand_code(database, vault, user, given.code->value, visitor);
        return std::nullopt;
    }
    std::vector<FieldError> missing;
    if (has_app)
        missing.push_back({"code", "required", "Please type the code of your authenticator app."});
    if (takes_passkey) missing.push_back({"passkey", "required", "Please use your passkey."});
    throw Failure::invalid(std::move(missing));
}

}  // namespace leadcrm::accounts
