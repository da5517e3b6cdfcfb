#include "meta/reconciler.hpp"

#include "events/change.hpp"
#include "meta/delivery_store.hpp"
#include "meta/fetch_rules.hpp"
#include "meta/form_list.hpp"
#include "meta/lead_fetch.hpp"
#include "meta/walk_rules.hpp"
#include "platform/log/log.hpp"
#include "platform/metrics/metrics.hpp"

#include <algorithm>

namespace leadcrm::meta {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr auto latest_since = 3 * 24h;
constexpr std::int64_t unclear_times = 2;  // a form may be gone; twice in a row it is our access

bool is_walkable(const Form& form)
{
    return form.is_on && form.status != "DELETED" && form.status != "DRAFT";
}

// What concerns the whole page: the other forms would end alike.
bool concerns_page(const GraphProblem& problem)
{
    switch (problem.advice) {
    case Advice::wait:
    case Advice::reconnect:
    case Advice::recover:
        return true;
    default:
        return false;
    }
}

metrics::Counter& leads_repaired()
{
    return metrics::counter(
        "leadcrm_leads_repaired_total", "Leads no webhook told of, brought by the reconciler.", {});
}

}  // namespace

void order_reconcile(db::Tx& tx, const std::string& page_id, milliseconds delay)
{
    jobs::enqueue(
        tx, {.kind = reconcile_job, .key = page_id, .delay = delay, .attempts_max = 1'000'000});
}

void note_walk(db::Tx& tx, const Page& page, const FormWalk& form, const WalkEnd& end)
{
    const auto now = Instant::now();
    const auto current = store::find_page(tx, page.page_id);
    // Connected anew meanwhile: what the old token was told is over.
    if (!current || current->connected_at != page.connected_at) return;
    if (end.tally.newest) store::note_lead(tx, page.page_id, *end.tally.newest);
    if (end.problem) {
        if (end.problem->advice == Advice::unclear && form.failures < unclear_times) return;
        const auto verdict = judge_page(*end.problem, page, now);
        if (verdict.problem) store::set_problem(tx, page.page_id, *verdict.problem);
        const bool is_set = page.probe_at && *page.probe_at > now;
        if (verdict.probe_at && !is_set) store::set_probe_at(tx, page.page_id, verdict.probe_at);
    } else if (page.problem_code) {
        // What is blocked finds out for itself whether it can go on.
        if (store::find_blocked(tx, page.page_id)) {
            store::set_probe_at(tx, page.page_id, now);
            order_fetch(tx, page.page_id);
        } else {
            store::clear_problem(tx, page.page_id);
        }
    }
}

Reconciler::Reconciler(
    db::Database& database, LeadWalker& walker, const Apps& apps, std::chrono::seconds interval)
    : database_(database), walker_(walker), apps_(apps), interval_(interval)
{
}

void Reconciler::reconcile(OrganizationId organization, const std::string& page_id)
{
    auto desk = look(organization, page_id);
    if (!desk.page) return;
    const auto now = Instant::now();
    const bool may_probe = desk.page->probe_at && *desk.page->probe_at <= now;
    if (!desk.page->is_disconnected() || may_probe) {
        for (auto& form : desk.walks) {
            const auto latest = desk.latest.find(form.form_id);
            const auto next = next_walk(form,
                latest == desk.latest.end() ? std::nullopt : std::optional(latest->second),
                interval_);
            if (next.at > now || (desk.is_backfilling && !form.swept_at)) continue;
            if (desk.app->graph.unhurried_free_at(page_id) > now + 2s) break;
            if (!walk(desk, form, next.is_sweep)) break;
        }
    }
    order_next(desk);
}

Reconciler::Desk Reconciler::look(OrganizationId organization, const std::string& page_id) const
{
    return database_.read(organization, [&](db::Reader& db) {
        Desk desk{.organization = organization, .page = store::find_page(db, page_id)};
        if (!desk.page) return desk;
        desk.app = apps_.of(desk.page->app_id);
        desk.latest = store::list_latest(db, page_id, Instant::now() - latest_since);
        const auto backfill = store::find_backfill(db, page_id);
        desk.is_backfilling = backfill
            && (backfill->state == BackfillState::waiting
                || backfill->state == BackfillState::running);
        auto known = store::list_walks(db, page_id);
        for (const auto& form : store::list_forms_of(db, page_id)) {
            if (!is_walkable(form)) continue;
            const auto walk = known.find(form.form_id);
            desk.walks.push_back(walk == known.end()
                    ? FormWalk{.form_id = form.form_id, .page_id = page_id}
                    : walk->second);
        }
        return desk;
    });
}

// False when the page's other forms need not be tried.
bool Reconciler::walk(const Desk& desk, FormWalk& form, bool is_sweep)
{
    const WalkAsk ask{.organization = desk.organization,
        .page = *desk.page,
        .form_id = form.form_id,
        .from = walk_from(form, is_sweep),
        .before = std::nullopt,
        .by = BroughtBy::reconciler};
    const auto end = walker_.walk(ask);
    form = walked(form, end, is_sweep, Instant::now());
    database_.write(desk.organization, [&](db::Tx& tx) {
        store::upsert(tx, form);
        note_walk(tx, *desk.page, form, end);
        if (end.tally.stored > 0) events::tell_change(tx, events::Topic::ledger);
    });
    leads_repaired().add(double(end.tally.repaired));
    if (end.tally.stored > 0)
        log::info("the reconciler brought leads",
            {{"organization_id", desk.organization.text()}, {"page_id", form.page_id},
                {"form_id", form.form_id}, {"leads", std::to_string(end.tally.stored)},
                {"repaired", std::to_string(end.tally.repaired)}});
    if (end.problem)
        log::warn("the leads of a form cannot be walked",
            {{"organization_id", desk.organization.text()}, {"page_id", form.page_id},
                {"form_id", form.form_id}, {"problem", end.problem->text()}});
    return !end.problem || !concerns_page(*end.problem);
}

void Reconciler::order_next(const Desk& desk)
{
    const auto now = Instant::now();
    const auto& page_id = desk.page->page_id;
    // A page without forms, or with a dead token: whoever changes that orders it anew.
    auto at = now + 12 * interval_;
    if (!desk.page->is_disconnected())
        for (const auto& form : desk.walks) {
            const auto latest = desk.latest.find(form.form_id);
            const auto next = next_walk(form,
                latest == desk.latest.end() ? std::nullopt : std::optional(latest->second),
                interval_);
            // Whatever is due now was put off: by a limit, or by a backfill.
            at = std::min(at, std::max(next.at, now + interval_ / 2));
        }
    at = std::max(at, desk.app->graph.unhurried_free_at(page_id));
    const auto delay = std::chrono::ceil<milliseconds>(at - now);
    database_.write(desk.organization, [&](db::Tx& tx) { order_reconcile(tx, page_id, delay); });
}

void Reconciler::order_all()
{
    const auto routes =
        database_.read_platform([](db::PlatformReader& db) { return store::list_routes(db); });
    for (const auto& route : routes)
        database_.write(route.second, [&](db::Tx& tx) {
            order_reconcile(tx, route.first, std::chrono::duration_cast<milliseconds>(interval_));
            order_forms(tx, route.first, 1h);
        });
}

}  // namespace leadcrm::meta
