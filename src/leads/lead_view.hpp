// Leads as the API and the stream show them: rows with the names of stages and people.
#pragma once

#include "leads/lead.hpp"
#include "platform/db/session.hpp"

#include <vector>

namespace leadcrm::leads {

// In the order given. A lead that nobody has seen yet is shown as visible from `now` on.
std::vector<Lead> present(const db::Reader& db, std::vector<ShownRow> rows, Instant now);
Lead present(const db::Reader& db, ShownRow row, Instant now);

// The lead with its submissions and its timeline.
LeadRecord present_record(const db::Reader& db, ShownRow row, Instant now);

}  // namespace leadcrm::leads
