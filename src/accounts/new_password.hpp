// Choosing a new password: with the link of a letter when the old one is forgotten, or while signed
// in with the old one. Blocking where a password is hashed: for the CPU pool.
#pragma once

#include "accounts/proof.hpp"
#include "platform/http/routes.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/mail.hpp"

namespace leadcrm::accounts {

constexpr std::chrono::hours reset_length{1};

struct ForgottenPassword {
    Email email;
};
BOOST_DESCRIBE_STRUCT(ForgottenPassword, (), (email))

struct NewPassword {
    Text<1, 100> token;
    Password password;
};
BOOST_DESCRIBE_STRUCT(NewPassword, (), (token, password))

struct PasswordChange : Proof {
    Password new_password;
};
BOOST_DESCRIBE_STRUCT(PasswordChange, (Proof), (new_password))

// A link that sets the account's password once, for `reset_length`.
std::string make_reset_link(
    db::Database& database, const UserId& user, const std::string& public_url);

// Orders a letter. The same is done here whoever has the address, or nobody: who it is for is found
// out by the job, so neither answer nor time tells. A link goes to the account that has confirmed
// the address; while none has, the oldest is sent the letter that confirms it (docs/adr/0010).
// Throws Failure::too_many.
void order_reset(db::Database& database, const ForgottenPassword& ask, const Visitor& visitor);

// The job that writes the letter and sends it. `public_url`: where the link leads to.
void handle_resets(jobs::Workers& workers, db::Database& database, mail::Post& post,
    const std::string& public_url);

// Sets the password of the link's account, ends all of its sessions, forgets its devices but for
// this one, whose new token it gives back, and writes to the person. The link, and all others of
// the account, are worth nothing afterwards. Throws Failure: not_found when
// the link is unknown, used or too old; invalid for a password that is easily guessed; too_many.
std::string set_new_password(
    db::Database& database, const NewPassword& ask, const Visitor& visitor);

// The same for whoever is signed in and has given the proof; `session_token` is the one session
// that goes on. Throws Failure: invalid for an easily guessed password.
void change_password(db::Database& database, const User& user, const Password& new_password,
    const std::string& session_token, const Visitor& visitor,
    const http::Alongside& alongside = {});

}  // namespace leadcrm::accounts
