// What was changed after a backup is undone with it: somebody who was dismissed is a member again,
// a key that was taken back opens again. Only an owner can say what should not be so.
#pragma once

#include "platform/db/database.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/mail.hpp"
#include "platform/time/instant.hpp"

#include <string>

namespace leadcrm::backups {

// A letter to every owner, and an entry in every organization's audit log.
void tell_owners(db::PlatformTx& db, Instant backed_up_at);

void handle_restored_letters(jobs::Workers& workers, db::Database& database, mail::Post& post,
    const std::string& public_url);

}  // namespace leadcrm::backups
