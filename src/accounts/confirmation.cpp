#include "accounts/confirmation.hpp"

#include "accounts/account_store.hpp"
#include "accounts/attempts.hpp"
#include "accounts/letters.hpp"
#include "accounts/reader_of.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/json/json.hpp"

namespace leadcrm::accounts {
namespace {

constexpr auto letter_job = "accounts.confirmation_letter";

struct LetterOrder {
    UserId user_id;
};
BOOST_DESCRIBE_STRUCT(LetterOrder, (), (user_id))

struct Confirmation {
    UserId user_id;
    std::string email;
    Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(Confirmation, (), (user_id, email, expires_at))

// A letter that is written again has another link, and the one before is worth nothing.
std::string make_link(db::Database& database, const User& user, const std::string& public_url)
{
    const auto token = crypto::random_token();
    database.write_platform([&](db::PlatformTx& tx) {
        tx.run(R"sql(
            INSERT INTO email_confirmations (user_id, token_hash, email, expires_at)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT (user_id) DO UPDATE SET token_hash = EXCLUDED.token_hash,
                email = EXCLUDED.email, expires_at = EXCLUDED.expires_at
        )sql",
            user.id, db::Blob{crypto::sha256(token)}, user.email,
            Instant::now() + confirmation_length);
    });
    // Behind the `#`: a browser does not send it, so it is in no log.
    return public_url + "/app/confirm-email#" + token;
}

}  // namespace

void order_confirmation(db::PlatformTx& tx, const User& user)
{
    if (user.email_confirmed_at || !count_attempt(tx, letter_limits(user.email))) return;
    jobs::enqueue(tx,
        {.kind = letter_job,
            .payload = json::text_of(LetterOrder{user.id}),
            .key = user.id.text()});
}

void handle_confirmations(
    jobs::Workers& workers, db::Database& database, mail::Post& post, const std::string& public_url)
{
    workers.handle(letter_job, [&database, &post, public_url](const jobs::Job& job) {
        const auto order = json::from_text<LetterOrder>(job.payload);
        letters::Reader reads;
        const auto user = database.read_platform([&](db::PlatformReader& db) {
            reads = reader_of(db, order.user_id);
            return store::find_user(db, order.user_id);
        });
        if (!user || user->email_confirmed_at) return;
        const auto link = make_link(database, *user, public_url);
        post.deliver(mail::write(confirmation_letter(reads, user->name, link), user->email));
    });
}

void confirm_email(db::PlatformTx& tx, const std::string& token, Instant now)
{
    const db::Blob hash{crypto::sha256(token)};
    const auto found = tx.row<Confirmation>(
        "SELECT {columns} FROM email_confirmations WHERE token_hash = $1", hash);
    const auto user = found ? store::find_user(tx, found->user_id) : std::nullopt;
    if (!user || found->expires_at <= now || user->email != found->email)
        throw Failure::not_found("This link has been used, or it is too old. Sign in and have a "
                                 "new letter sent.");
    if (store::is_confirmed(tx, user->email))
        throw Failure::conflict("This address is confirmed for another account of yours already. "
                                "Sign in with that account's password.");
    tx.run("UPDATE users SET email_confirmed_at = $2 WHERE id = $1", user->id, now);
    tx.run("DELETE FROM email_confirmations WHERE user_id = $1", user->id);
}

}  // namespace leadcrm::accounts
