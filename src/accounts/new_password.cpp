#include "accounts/new_password.hpp"

#include "accounts/account_store.hpp"
#include "accounts/attempts.hpp"
#include "accounts/confirmation.hpp"
#include "accounts/device.hpp"
#include "accounts/email_change.hpp"
#include "accounts/letters.hpp"
#include "accounts/my_sessions.hpp"
#include "accounts/notice.hpp"
#include "accounts/password.hpp"
#include "accounts/proof.hpp"
#include "accounts/reader_of.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/json/json.hpp"

namespace leadcrm::accounts {
namespace {

constexpr auto letter_job = "accounts.reset_letter";

std::optional<User> user_of_link(const db::PlatformReader& db, const std::string& token)
{
    const auto user = db.row<UserId>(
        "SELECT user_id FROM password_resets WHERE token_hash = $1 AND expires_at > $2",
        db::Blob{crypto::sha256(token)}, Instant::now());
    return user ? store::find_user(db, *user) : std::nullopt;
}

Failure dead_link()
{
    return Failure::not_found(
        "This link has been used, or it is too old. Please ask for a new one.");
}

void replace_password(
    db::PlatformTx& tx, const User& user, const std::string& hash, const Visitor& visitor)
{
    store::set_password_hash(tx, user.id, hash);
    call_off_email_change(tx, user.id);
    tx.run("DELETE FROM password_resets WHERE user_id = $1", user.id);
    order_notice(tx, user, Notice::password_changed, visitor);
}

std::string salt_of(const db::PlatformReader& db, const User& user)
{
    const auto salt = store::find_salt(db, user.email);
    if (!salt) throw Failure::internal("no salt for user " + user.id.text());
    return *salt;
}

}  // namespace

std::string make_reset_link(
    db::Database& database, const UserId& user, const std::string& public_url)
{
    const auto token = crypto::random_token();
    database.write_platform([&](db::PlatformTx& tx) {
        const auto now = Instant::now();
        tx.run("DELETE FROM password_resets WHERE expires_at <= $1", now);
        tx.run("INSERT INTO password_resets (token_hash, user_id, expires_at) VALUES ($1, $2, $3)",
            db::Blob{crypto::sha256(token)}, user, now + reset_length);
    });
    // Behind the `#`: a browser does not send it, so it is in no log.
    return public_url + "/app/new-password#" + token;
}

void order_reset(db::Database& database, const ForgottenPassword& ask, const Visitor& visitor)
{
    throttle(database, reset_letter_limits(ask.email.value, visitor.address));
    database.write_platform([&](db::PlatformTx& tx) {
        jobs::enqueue(
            tx, {.kind = letter_job, .payload = json::text_of(ask), .key = ask.email.value});
    });
}

void handle_resets(
    jobs::Workers& workers, db::Database& database, mail::Post& post, const std::string& public_url)
{
    workers.handle(letter_job, [&database, &post, public_url](const jobs::Job& job) {
        const auto order = json::from_text<ForgottenPassword>(job.payload);
        letters::Reader reads;
        const auto user = database.read_platform([&](db::PlatformReader& db) {
            auto found = store::find_user_of(db, order.email.value);
            if (found) reads = reader_of(db, found->id);
            return found;
        });
        if (!user) return;
        if (!user->email_confirmed_at)
            return database.write_platform(
                [&](db::PlatformTx& tx) { order_confirmation(tx, *user); });
        const auto link = make_reset_link(database, user->id, public_url);
        post.deliver(mail::write(reset_letter(reads, user->name, link), user->email));
    });
}

std::string set_new_password(db::Database& database, const NewPassword& ask, const Visitor& visitor)
{
    throttle(database, reset_limits(visitor.address));
    std::string salt;
    const auto user = database.read_platform([&](db::PlatformReader& db) {
        auto found = user_of_link(db, ask.token.value);
        if (found) salt = salt_of(db, *found);
        return found;
    });
    if (!user) throw dead_link();
    refuse_guessable(ask.password, {user->email, user->name});
    const auto hash = hash_of(ask.password.value, salt);
    return database.write_platform([&](db::PlatformTx& tx) {
        if (!user_of_link(tx, ask.token.value)) throw dead_link();
        store::remove_sessions(tx, user->id);
        tell_sessions_ended(tx, user->id);
        const auto device = remember_device(tx, user->id, visitor.device_token);
        forget_devices(tx, user->id, device.id);
        replace_password(tx, *user, hash, visitor);
        return device.token;
    });
}

void change_password(db::Database& database, const User& user, const Password& new_password,
    const std::string& session_token, const Visitor& visitor, const http::Alongside& alongside)
{
    refuse_guessable(new_password, {user.email, user.name}, "new_password");
    const auto hash = hash_of(new_password.value,
        database.read_platform([&](db::PlatformReader& db) { return salt_of(db, user); }));
    database.write_platform([&](db::PlatformTx& tx) {
        end_other_sessions(tx, user.id, session_token);
        replace_password(tx, user, hash, visitor);
        if (alongside) alongside(tx);
    });
}

}  // namespace leadcrm::accounts
