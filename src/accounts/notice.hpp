// Letters that tell a person what has just happened to the account, so that somebody else's doing
// is noticed.
#pragma once

#include "accounts/account.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/mail.hpp"

namespace leadcrm::accounts {

BOOST_DEFINE_ENUM_CLASS(Notice, new_device, password_changed, new_address, second_factor_on,
    second_factor_off, second_factor_lost, passkey_added, passkey_removed)

// Orders the letter in the transaction of the caller. To a confirmed address only: another may be
// a stranger's.
void order_notice(db::PlatformTx& tx, const User& user, Notice notice, const Visitor& visitor);

void handle_notices(jobs::Workers& workers, mail::Post& post, const std::string& public_url);

}  // namespace leadcrm::accounts
