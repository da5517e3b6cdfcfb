// Showing that an e-mail address is one's own: a letter with a link, which is used once. Why an
// address belongs to nobody before: docs/adr/0010.
#pragma once

#include "accounts/account.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/mail.hpp"

namespace leadcrm::accounts {

constexpr std::chrono::hours confirmation_length{3 * 24};

// Orders a letter to an account that has not confirmed its address, in the transaction of the
// caller. After five for one address within a quarter of an hour nothing happens: nobody's mailbox
// is filled from here.
void order_confirmation(db::PlatformTx& tx, const User& user);

// The job that writes the letter and sends it. `public_url`: where the link leads to.
void handle_confirmations(jobs::Workers& workers, db::Database& database, mail::Post& post,
    const std::string& public_url);

// The address of the link's account is confirmed from now on. Throws Failure: not_found when the
// link is unknown, used, too old or for an address the account has no more; conflict when another
// account has confirmed the address before.
void confirm_email(db::PlatformTx& tx, const std::string& token, Instant now = Instant::now());

}  // namespace leadcrm::accounts
