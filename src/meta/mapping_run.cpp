#include "meta/mapping_run.hpp"

#include "events/change.hpp"
#include "meta/answer_mapper.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace leadcrm::meta {
namespace {

using namespace std::chrono_literals;

constexpr auto job_kind = "meta.mapping_run";
constexpr int attempts_max = 8;
constexpr auto kept_for = 30 * 24h;
constexpr std::size_t batch_max = 50;  // leads in one transaction
constexpr std::size_t preview_max = 1000;
constexpr std::size_t sample_max = 10;

struct RunOrder {
    RunId id;
    UserId by;
};
BOOST_DESCRIBE_STRUCT(RunOrder, (), (id, by))

// A lead of a form, by the submission it sent.
struct Found {
    LeadId lead_id;
    Instant submitted_at;
    std::string leadgen_id;
};
BOOST_DESCRIBE_STRUCT(Found, (), (lead_id, submitted_at, leadgen_id))

db::Sql of_form(std::string_view what, const RunSelection& selection)
{
    db::Sql sql("SELECT " + std::string(what)
            + " FROM lead_fetches AS f JOIN submissions AS s"
              " ON s.organization_id = $1 AND s.leadgen_id = f.leadgen_id"
              " WHERE f.organization_id = $1 AND f.form_id = $2",
        *selection.form_id);
    if (selection.from_at) sql.add(" AND f.submitted_at >= $", *selection.from_at);
    if (selection.before_at) sql.add(" AND f.submitted_at < $", *selection.before_at);
    return sql;
}

std::int64_t count_of(const db::Reader& db, const RunSelection& selection)
{
    if (!selection.form_id) return std::int64_t(selection.lead_ids.size());
    return db.row<std::int64_t>(of_form("COUNT(*)", selection)).value_or(0);
}

// The next ones behind the run's place, which moves with them.
std::vector<LeadId> next_leads(const db::Reader& db, MappingRun& run, std::size_t limit)
{
    std::vector<LeadId> ids;
    if (!run.form_id) {
        const auto begin = std::min(std::size_t(run.seen), run.lead_ids.size());
        const auto end = std::min(begin + limit, run.lead_ids.size());
        ids.assign(run.lead_ids.begin() + std::ptrdiff_t(begin),
            run.lead_ids.begin() + std::ptrdiff_t(end));
    } else {
        auto sql = of_form("s.lead_id, f.submitted_at, f.leadgen_id", run);
        if (run.place_at)
            sql.add(" AND (f.submitted_at, f.leadgen_id) < ($, $)", *run.place_at,
                run.place_id.value_or(""));
        sql.add(" ORDER BY f.submitted_at DESC, f.leadgen_id DESC LIMIT $", limit);
        for (auto& found : db.rows<Found>(sql)) {
            ids.push_back(found.lead_id);
            run.place_at = found.submitted_at;
            run.place_id = std::move(found.leadgen_id);
        }
    }
    run.seen += std::int64_t(ids.size());
    return ids;
}

std::vector<leads::LeadDifference> differences_of(const db::Reader& db, std::vector<LeadId> ids)
{
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    AnswerMapper mapper(db);
    return leads::compare(
        db, ids, [&](leads::Submission& submission) { mapper.apply(submission); });
}

void count(MappingRun& run, const leads::LeadDifference& difference)
{
    if (difference.is_change()) ++run.changed;
    if (std::any_of(difference.fields.begin(), difference.fields.end(),
            [](const leads::FieldDifference& field) { return field.is_kept; }))
        ++run.kept;
}

void update(db::Tx& tx, const MappingRun& run)
{
    tx.run("UPDATE mapping_runs SET state = $3, ended_at = $4, seen = $5, changed = $6, kept = $7,"
           " undone = $8, place_at = $9, place_id = $10 WHERE organization_id = $1 AND id = $2",
        run.id, run.state, run.ended_at, run.seen, run.changed, run.kept, run.undone, run.place_at,
        run.place_id);
    events::tell_change(tx, events::Topic::mapping_runs);
}

void end(MappingRun& run, RunState state)
{
    run.state = state;
    run.ended_at = Instant::now();
}

void read_more(db::Tx& tx, MappingRun& run, const UserId& by)
{
    run.state = RunState::running;
    const auto ids = next_leads(tx, run, batch_max);
    for (const auto& difference : differences_of(tx, ids)) {
        count(run, difference);
        if (!difference.is_change()) continue;
        leads::apply(tx, difference, by);
        // A lead that sent the form twice may be met twice; then nothing is left to change.
        tx.run("INSERT INTO mapping_run_changes (organization_id, run_id, lead_id, fields)"
               " VALUES ($1, $2, $3, $4)"
               " ON CONFLICT (organization_id, run_id, lead_id) DO NOTHING",
            run.id, difference.lead_id, difference.fields);
    }
    if (ids.size() < batch_max) end(run, RunState::done);
}

void take_back_more(db::Tx& tx, MappingRun& run, const UserId& by)
{
    using Change = std::tuple<LeadId, std::vector<leads::FieldDifference>>;
    const auto changes = tx.rows<Change>("SELECT lead_id, fields FROM mapping_run_changes"
                                         " WHERE organization_id = $1 AND run_id = $2"
                                         " ORDER BY lead_id LIMIT $3",
        run.id, batch_max);
    for (const auto& [lead_id, fields] : changes) {
        if (leads::take_back(tx, {lead_id, 0, {}, fields}, by)) ++run.undone;
        tx.run("DELETE FROM mapping_run_changes WHERE organization_id = $1 AND run_id = $2"
               " AND lead_id = $3",
            run.id, lead_id);
    }
    if (changes.size() < batch_max) end(run, RunState::undone);
}

void order_work(db::Tx& tx, const RunOrder& order)
{
    jobs::enqueue(tx,
        {.kind = job_kind,
            .payload = json::text_of(order),
            .key = order.id.text(),
            .attempts_max = attempts_max});
}

void give_up(db::Tx& tx, const RunId& id)
{
    auto run = store::find_run(tx, id);
    if (!run) return;
    end(*run, RunState::failed);
    update(tx, *run);
}

bool is_on_its_way(const MappingRun& run)
{
    return run.state == RunState::waiting || run.state == RunState::running
        || run.state == RunState::undoing;
}

void refuse_second(const db::Reader& db)
{
    for (const auto& run : store::list_runs(db, 1))
        if (is_on_its_way(run))
            throw Failure::conflict(
                "Answers are being read again already. Wait until that is done.");
}

}  // namespace

RunPreview preview_run(const db::Reader& db, const RunSelection& selection)
{
    RunPreview preview{.total = count_of(db, selection)};
    MappingRun run;
    static_cast<RunSelection&>(run) = selection;
    auto differences = differences_of(db, next_leads(db, run, preview_max));
    for (const auto& difference : differences) count(run, difference);
    preview.seen = run.seen;
    preview.changed = run.changed;
    preview.kept = run.kept;
    // Those that change first, the newest of them first.
    std::stable_sort(differences.begin(), differences.end(), [](const auto& a, const auto& b) {
        return std::pair(a.is_change(), a.number) > std::pair(b.is_change(), b.number);
    });
    differences.resize(std::min(differences.size(), sample_max));
    preview.sample = std::move(differences);
    return preview;
}

bool can_undo(const MappingRun& run)
{
    const bool is_over = run.state == RunState::done || run.state == RunState::failed;
    return is_over && run.changed > 0 && Instant::now() - run.ordered_at < kept_for;
}

MappingRun order_run(db::Tx& tx, const RunSelection& selection, const UserId& by)
{
    refuse_second(tx);
    tx.run("DELETE FROM mapping_run_changes WHERE organization_id = $1 AND run_id IN"
           " (SELECT id FROM mapping_runs WHERE organization_id = $1 AND ordered_at < $2)",
        Instant::now() - kept_for);
    MappingRun run;
    static_cast<RunSelection&>(run) = selection;
    run.id = RunId::make();
    run.ordered_by = by;
    run.ordered_at = Instant::now();
    run.total = count_of(tx, selection);
    tx.store("INSERT INTO mapping_runs (organization_id, {columns}) VALUES ($1, {values})", run);
    order_work(tx, {run.id, by});
    events::tell_change(tx, events::Topic::mapping_runs);
    return run;
}

MappingRun order_undoing(db::Tx& tx, const RunId& id, const UserId& by)
{
    auto run = store::find_run(tx, id);
    if (!run) throw Failure::not_found("There is no such run.");
    if (!can_undo(*run))
        throw Failure::conflict("Only a run that is done can be taken back, once, for 30 days.");
    refuse_second(tx);
    run->state = RunState::undoing;
    run->ended_at = std::nullopt;
    update(tx, *run);
    order_work(tx, {id, by});
    return *run;
}

bool go_on(db::Tx& tx, const RunId& id, const UserId& by)
{
    auto run = store::find_run(tx, id);
    if (!run || !is_on_its_way(*run)) return false;
    run->state == RunState::undoing ? take_back_more(tx, *run, by) : read_more(tx, *run, by);
    update(tx, *run);
    return is_on_its_way(*run);
}

void handle_run_jobs(jobs::Workers& workers, db::Database& database)
{
    workers.handle(job_kind,
        [&database](const jobs::Job& job) {
            const auto order = json::from_text<RunOrder>(job.payload);
            const auto organization = job.organization_id.value();
            const auto step = [&](db::Tx& tx) { return go_on(tx, order.id, order.by); };
            try {
                while (database.write(organization, step)) { }
            } catch (const std::exception&) {
                // Nobody may wait for ever for a run that cannot go on. What it did can be undone.
                if (job.attempt >= attempts_max)
                    database.write(organization, [&](db::Tx& tx) { give_up(tx, order.id); });
                throw;
            }
        },
        {.at_once = 1});
}

namespace store {

std::optional<MappingRun> find_run(const db::Reader& db, const RunId& id)
{
    return db.row<MappingRun>(
        "SELECT {columns} FROM mapping_runs WHERE organization_id = $1 AND id = $2", id);
}

std::vector<MappingRun> list_runs(const db::Reader& db, int limit)
{
    return db.rows<MappingRun>(
        "SELECT {columns} FROM mapping_runs WHERE organization_id = $1 ORDER BY id DESC LIMIT $2",
        limit);
}

}  // namespace store
}  // namespace leadcrm::meta
