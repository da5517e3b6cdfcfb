// The letter that tells owners of a new rule before it erases anything.
#pragma once

#include "platform/db/database.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/mail.hpp"

#include <string>

namespace leadcrm::privacy {

// One to each owner; rules that are set within a minute are told in one.
void order_retention_letters(db::Tx& tx);

void handle_retention_letters(jobs::Workers& workers, db::Database& database, mail::Post& post,
    const std::string& public_url);

}  // namespace leadcrm::privacy
