#include "meta/mapping_run_api.hpp"

#include "meta/form.hpp"
#include "meta/mapping_run.hpp"

#include <utility>

namespace leadcrm::meta {
namespace {

constexpr std::size_t leads_max = 1000;
constexpr int runs_shown = 20;

struct GivenSelection {
    std::optional<Text<1, 64>> form_id;
    std::optional<Instant> from_at;
    std::optional<Instant> before_at;
    std::optional<std::vector<LeadId>> lead_ids;
};
BOOST_DESCRIBE_STRUCT(GivenSelection, (), (form_id, from_at, before_at, lead_ids))

struct RunAsk {
    RunId id;
};
BOOST_DESCRIBE_STRUCT(RunAsk, (), (id))

struct RunView {
    RunId id;
    RunState state = RunState::waiting;
    std::optional<std::string> form_id;
    std::optional<std::string> form_name;
    std::optional<Instant> from_at;
    std::optional<Instant> before_at;
    Instant ordered_at;
    std::optional<Instant> ended_at;
    std::int64_t total = 0;
    std::int64_t seen = 0;
    std::int64_t changed = 0;
    std::int64_t kept = 0;
    std::int64_t undone = 0;
    bool can_undo = false;  // for 30 days
};
BOOST_DESCRIBE_STRUCT(RunView, (),
    (id, state, form_id, form_name, from_at, before_at, ordered_at, ended_at, total, seen, changed,
        kept, undone, can_undo))

RunSelection selection_of(const db::Reader& db, const GivenSelection& ask)
{
    const bool has_leads = ask.lead_ids && !ask.lead_ids->empty();
    if (ask.form_id.has_value() == has_leads)
        throw Failure::invalid(
            "form_id", "required", "Please name a form, or the leads, and not both.");
    if (has_leads && ask.lead_ids->size() > leads_max)
        throw Failure::invalid("lead_ids", "too_many", "Please choose at most 1000 leads.");
    if (ask.form_id && !store::find_form(db, ask.form_id->value))
        throw Failure::invalid(
            "form_id", "unknown", "There is no such form among those of your pages.");
    RunSelection selection;
    if (ask.form_id) {
        selection.form_id = ask.form_id->value;
        selection.from_at = ask.from_at;
        selection.before_at = ask.before_at;
    } else {
        selection.lead_ids = *ask.lead_ids;
    }
    return selection;
}

RunView view_of(const db::Reader& db, const MappingRun& run)
{
    RunView view{.id = run.id,
        .state = run.state,
        .form_id = run.form_id,
        .form_name = run.form_id,
        .from_at = run.from_at,
        .before_at = run.before_at,
        .ordered_at = run.ordered_at,
        .ended_at = run.ended_at,
        .total = run.total,
        .seen = run.seen,
        .changed = run.changed,
        .kept = run.kept,
        .undone = run.undone,
        .can_undo = can_undo(run)};
    if (run.form_id)
        if (const auto form = store::find_form(db, *run.form_id); form && form->name)
            view.form_name = form->name;
    return view;
}

RunPreview preview(db::Reader& db, const http::Caller&, const GivenSelection& ask)
{
    return preview_run(db, selection_of(db, ask));
}

RunView order(db::Tx& tx, const http::Caller& caller, const GivenSelection& ask)
{
    return view_of(tx, order_run(tx, selection_of(tx, ask), caller.user_id));
}

http::Page<RunView> list(db::Reader& db, const http::Caller&, const http::Nothing&)
{
    http::Page<RunView> page;
    for (const auto& run : store::list_runs(db, runs_shown)) page.data.push_back(view_of(db, run));
    return page;
}

RunView read(db::Reader& db, const http::Caller&, const RunAsk& ask)
{
    const auto run = store::find_run(db, ask.id);
    if (!run) throw Failure::not_found("There is no such run.");
    return view_of(db, *run);
}

RunView undo(db::Tx& tx, const http::Caller& caller, const RunAsk& ask)
{
    return view_of(tx, order_undoing(tx, ask.id, caller.user_id));
}

}  // namespace

void add_mapping_run_routes(http::Routes& api)
{
    using http::Right;
    api.read("POST", "/api/v1/meta/mapping-runs/preview", preview,
        {"What reading answers again would change", Right::write_sources,
            "For the leads of a form, those sent between two times, or for leads by id. The newest "
            "1000 are looked at; `sample` shows ten. Fields with `is_kept` were set by hand and "
            "stay as they are."});
    api.write("POST", "/api/v1/meta/mapping-runs", order,
        {"Read the answers of leads again, as the mapping says now", Right::write_sources,
            "Done in the background; each changed lead has one event, lead.read_again.", 202});
    api.read("GET", "/api/v1/meta/mapping-runs", list,
        {"The last mapping runs and how far they are", Right::read_sources});
    api.read("GET", "/api/v1/meta/mapping-runs/{id}", read,
        {"How far a mapping run is", Right::read_sources});
    api.write("POST", "/api/v1/meta/mapping-runs/{id}/undo", undo,
        {"Take back what a mapping run changed", Right::write_sources,
            "What people changed since stays.", 202});
}

}  // namespace leadcrm::meta
