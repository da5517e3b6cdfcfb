// A mapping run: the answers of leads that are here are read again, as the mapping of their forms
// says now. Looked at first (preview), then done as a job in batches, and taken back as one. What a
// lead would be: leads/lead_reading_again.hpp. Over HTTP: mapping_run_api.hpp.
#pragma once

#include "leads/lead_reading_again.hpp"
#include "platform/db/database.hpp"
#include "platform/jobs/jobs.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace leadcrm::meta {

using RunId = Id<"run">;
using leads::LeadId;

BOOST_DEFINE_ENUM_CLASS(RunState, waiting, running, done, undoing, undone, failed)

// Either the leads of a form, those of a stretch of time, or these leads.
struct RunSelection {
    std::optional<std::string> form_id;
    std::optional<Instant> from_at;  // submitted then or later
    std::optional<Instant> before_at;
    std::vector<LeadId> lead_ids;
};
BOOST_DESCRIBE_STRUCT(RunSelection, (), (form_id, from_at, before_at, lead_ids))

struct MappingRun : RunSelection {
    RunId id;
    RunState state = RunState::waiting;
    UserId ordered_by;
    Instant ordered_at;
    std::optional<Instant> ended_at;
    std::int64_t total = 0;  // leads to look at; one that sent the form twice counts twice
    std::int64_t seen = 0;
    std::int64_t changed = 0;
    std::int64_t kept = 0;  // leads of which something was left as a person set it
    std::int64_t undone = 0;
    std::optional<Instant> place_at;
    std::optional<std::string> place_id;
};
BOOST_DESCRIBE_STRUCT(MappingRun, (RunSelection),
    (id, state, ordered_by, ordered_at, ended_at, total, seen, changed, kept, undone, place_at,
        place_id))

struct RunPreview {
    std::int64_t total = 0;
    std::int64_t seen = 0;  // the newest ones; fewer than `total` when there are many
    std::int64_t changed = 0;  // of these
    std::int64_t kept = 0;
    std::vector<leads::LeadDifference> sample;
};
BOOST_DESCRIBE_STRUCT(RunPreview, (), (total, seen, changed, kept, sample))

RunPreview preview_run(const db::Reader& db, const RunSelection& selection);

// Orders it, and forgets what runs of more than 30 days ago changed. Throws Failure::conflict while
// another run of the organization is on its way.
MappingRun order_run(db::Tx& tx, const RunSelection& selection, const UserId& by);
// What it changed is kept for 30 days.
bool can_undo(const MappingRun& run);
// Orders that it be taken back. Throws Failure: not_found, conflict when it cannot be.
MappingRun order_undoing(db::Tx& tx, const RunId& id, const UserId& by);

// One step of it, in the caller's transaction, done in the name of `by`. Returns whether there is
// more to do.
bool go_on(db::Tx& tx, const RunId& id, const UserId& by);

void handle_run_jobs(jobs::Workers& workers, db::Database& database);

namespace store {

std::optional<MappingRun> find_run(const db::Reader& db, const RunId& id);
// The last ordered first.
std::vector<MappingRun> list_runs(const db::Reader& db, int limit);

}  // namespace store
}  // namespace leadcrm::meta
