// For how long leads are kept: a rule for a form, and one for all forms without. Counted from the
// last that happened with a lead: a submission, a change, a step of the pipeline. Every night those
// whose time is over are erased as a person is (erasure.hpp), in small pieces, each in the audit
// log. A rule begins a week after it was set; owners get a letter about it before. Leads that
// somebody deleted go the same way when they can no longer be restored (leads/deleted_lead.hpp).
#pragma once

#include "platform/db/database.hpp"
#include "platform/http/right.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/mail.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::privacy {

struct RetentionRule {
    std::string form_id;  // empty: of every form without a rule of its own
    std::int64_t months = 0;
    UserId set_by;
    Instant set_at;
    Instant begins_at;
};
BOOST_DESCRIBE_STRUCT(RetentionRule, (), (form_id, months, set_by, set_at, begins_at))

constexpr std::int64_t months_max = 120;
constexpr std::chrono::hours begins_after{7 * 24};

// Whole months before, by the calendar.
Instant months_before(Instant at, std::int64_t months);

std::vector<RetentionRule> list_rules(const db::Reader& db);
// Replaces the form's. Orders the letter to owners.
RetentionRule set_rule(
    db::Tx& tx, const UserId& by, const std::string& form_id, std::int64_t months, Instant now);
bool remove_rule(db::Tx& tx, const std::string& form_id);

// What a rule would reach now.
struct RetentionPreview {
    std::int64_t leads = 0;
    std::optional<Instant> oldest_at;  // when something last happened with it
    Instant before;  // leads that have rested since then go
    Instant begins_at;  // if it is set now
};
BOOST_DESCRIBE_STRUCT(RetentionPreview, (), (leads, oldest_at, before, begins_at))
RetentionPreview preview(
    const db::Reader& db, const std::string& form_id, std::int64_t months, Instant now);

// One piece: erases at most `most` leads whose time is over, returns how many.
std::int64_t erase_rested(
    db::Database& database, OrganizationId organization, Instant now, std::int64_t most);

// The same for leads that were deleted long ago.
std::int64_t erase_long_deleted(
    db::Database& database, OrganizationId organization, Instant now, std::int64_t most);

void handle_retention(jobs::Workers& workers, db::Database& database, mail::Post& post,
    const std::string& public_url);
void order_retention(db::Database& database, std::chrono::milliseconds delay = {});

}  // namespace leadcrm::privacy
