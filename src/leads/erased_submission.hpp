// What is left of a submission whose person was erased: a keyed hash of its leadgen_id, by which it
// is recognized when it comes again (by webhook, list, file, replay or a restored backup) and is
// not taken in; its form and day, by which it is counted. Nothing leads back to the person.
#pragma once

#include "platform/db/session.hpp"
#include "platform/time/instant.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace leadcrm::leads {

struct ErasedSubmission {
    std::string leadgen_id;
    std::string page_id;
    std::string form_id;
    Instant submitted_at;
};

void remember_erased(db::Tx& tx, const ErasedSubmission& erased, Instant now);

bool is_erased(const db::Reader& db, const std::string& leadgen_id);
std::set<std::string> erased_among(
    const db::Reader& db, const std::vector<std::string>& leadgen_ids);

// How many leads of a form and a day were in which stage when they were erased.
void count_erased_lead(
    db::Tx& tx, const std::string& form_id, Instant submitted_at, const Uuid& stage_id);

}  // namespace leadcrm::leads
