// Where every source ends: one submission becomes a new lead, or a known person's next submission.
#pragma once

#include "leads/submission.hpp"
#include "platform/db/session.hpp"

namespace leadcrm::leads {

enum class Intake {
    added,  // a new lead
    came_back,  // a known person (same phone, else same e-mail): one submission more
    already_known,  // this very submission is stored already; nothing changed
    erased  // its person was erased: it never comes back
};

// Stores the submission, the lead and the events about them in the caller's transaction. Test
// submissions never join a real person's lead.
Intake take_in(db::Tx& tx, const Submission& submission);

}  // namespace leadcrm::leads
