#include "accounts/email_change.hpp"

#include "accounts/account_store.hpp"
#include "accounts/attempts.hpp"
#include "accounts/letters.hpp"
#include "accounts/notice.hpp"
#include "accounts/password.hpp"
#include "accounts/reader_of.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/json/json.hpp"

namespace leadcrm::accounts {
namespace {

constexpr auto letter_job = "accounts.new_address_letter";

struct LetterOrder {
    UserId user_id;
};
BOOST_DESCRIBE_STRUCT(LetterOrder, (), (user_id))

struct PendingChange {
    UserId user_id;
    std::string email;
    std::string password_hash;
    Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(PendingChange, (), (user_id, email, password_hash, expires_at))

}  // namespace

void order_email_change(db::Database& database, const User& user, const EmailChange& ask,
    const Visitor& visitor, const http::Alongside& alongside)
{
    if (ask.email.value == user.email)
        throw Failure::invalid("email", "same", "This is your address already.");
    throttle(database, letter_limits(ask.email.value));
    const auto fresh_salt = crypto::new_password_salt();
    const auto salt = database.write_platform(
        [&](db::PlatformTx& tx) { return store::keep_salt(tx, ask.email.value, fresh_salt); });
    const auto hash = hash_of(ask.password.value, salt);
    database.write_platform([&](db::PlatformTx& tx) {
        // The link's token is made with the letter. Until then there is none that fits.
        tx.run(R"sql(
            INSERT INTO email_changes (user_id, token_hash, email, password_hash, expires_at)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (user_id) DO UPDATE SET token_hash = EXCLUDED.token_hash,
                email = EXCLUDED.email, password_hash = EXCLUDED.password_hash,
                expires_at = EXCLUDED.expires_at
        )sql",
            user.id, db::Blob{crypto::random_bytes(32)}, ask.email.value, hash,
            Instant::now() + email_change_length);
        jobs::enqueue(tx,
            {.kind = letter_job,
                .payload = json::text_of(LetterOrder{user.id}),
                .key = user.id.text()});
        order_notice(tx, user, Notice::new_address, visitor);
        if (alongside) alongside(tx);
    });
}

void handle_email_changes(
    jobs::Workers& workers, db::Database& database, mail::Post& post, const std::string& public_url)
{
    workers.handle(letter_job, [&database, &post, public_url](const jobs::Job& job) {
        const auto order = json::from_text<LetterOrder>(job.payload);
        const auto token = crypto::random_token();
        std::string name;
        letters::Reader reads;
        const auto email = database.write_platform([&](db::PlatformTx& tx) {
            const auto user = store::find_user(tx, order.user_id);
            if (user) name = user->name;
            reads = reader_of(tx, order.user_id);
            return tx.row<std::string>(
                "UPDATE email_changes SET token_hash = $2 WHERE user_id = $1 RETURNING email",
                order.user_id, db::Blob{crypto::sha256(token)});
        });
        if (!email) return;
        // Behind the `#`: a browser does not send it, so it is in no log.
        post.deliver(mail::write(
            new_address_letter(reads, name, public_url + "/app/new-address#" + token), *email));
    });
}

void confirm_email_change(db::PlatformTx& tx, const std::string& token, Instant now)
{
    const auto found = tx.row<PendingChange>(
        "SELECT {columns} FROM email_changes WHERE token_hash = $1 AND expires_at > $2",
        db::Blob{crypto::sha256(token)}, now);
    if (!found)
        throw Failure::not_found("This link has been used, or it is too old. Ask for another under "
                                 "Settings, Profile.");
    if (store::is_confirmed(tx, found->email))
        throw Failure::conflict("This address is confirmed for another account of yours already. "
                                "Sign in with that account's password.");
    tx.run(R"sql(
        UPDATE users SET email = $2, password_hash = $3, email_confirmed_at = $4 WHERE id = $1
    )sql",
        found->user_id, found->email, found->password_hash, now);
    // Links in letters to the old address are worth nothing.
    tx.run("DELETE FROM email_confirmations WHERE user_id = $1", found->user_id);
    tx.run("DELETE FROM password_resets WHERE user_id = $1", found->user_id);
    call_off_email_change(tx, found->user_id);
}

std::optional<std::string> pending_email(const db::PlatformReader& db, const UserId& user)
{
    return db.row<std::string>(
        "SELECT email FROM email_changes WHERE user_id = $1 AND expires_at > $2", user,
        Instant::now());
}

void call_off_email_change(db::PlatformTx& tx, const UserId& user)
{
    tx.run("DELETE FROM email_changes WHERE user_id = $1", user);
}

}  // namespace leadcrm::accounts
