// Changing the address of an account: the new one becomes its own when the link of a letter to it
// is used. A letter to the old one tells of it, while a new password can still be asked for there.
#pragma once

#include "accounts/proof.hpp"
#include "platform/http/routes.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/mail.hpp"

namespace leadcrm::accounts {

constexpr std::chrono::hours email_change_length{24};

struct EmailChange : Proof {
    Email email;
};
BOOST_DESCRIBE_STRUCT(EmailChange, (Proof), (email))

// Orders the letters, for `user`, who has given the proof; the last address asked for is meant.
// Blocking: the password is hashed with the salt of the new address too. Nobody learns here whether
// somebody has that address. Throws Failure: invalid for the address the account has already;
// too_many.
void order_email_change(db::Database& database, const User& user, const EmailChange& ask,
    const Visitor& visitor, const http::Alongside& alongside = {});

// The job that writes the letter to the new address. `public_url`: where the link leads to.
void handle_email_changes(jobs::Workers& workers, db::Database& database, mail::Post& post,
    const std::string& public_url);

// Throws Failure: not_found when the link is unknown, used or too old, or the password was changed
// since; conflict when another account has confirmed the address meanwhile.
void confirm_email_change(
    db::PlatformTx& tx, const std::string& token, Instant now = Instant::now());

// The address that waits to be confirmed.
std::optional<std::string> pending_email(const db::PlatformReader& db, const UserId& user);

// With a new password, the hash for the new address is out of date: it is asked for again.
void call_off_email_change(db::PlatformTx& tx, const UserId& user);

}  // namespace leadcrm::accounts
