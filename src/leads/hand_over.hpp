// Giving all open leads of a person to another, or to nobody, when the person no longer works them.
#pragma once

#include "platform/db/database.hpp"
#include "platform/jobs/jobs.hpp"

#include <optional>

namespace leadcrm::leads {

// Orders it, in the transaction that is the reason for it. Leads that are won or lost keep their
// owner. `by`: who ordered it, for the leads' history.
void order_hand_over(
    db::Tx& tx, const UserId& from, const std::optional<UserId>& to, const UserId& by);

// The job, which goes through the leads batch by batch.
void handle_hand_overs(jobs::Workers& workers, db::Database& database);

}  // namespace leadcrm::leads
