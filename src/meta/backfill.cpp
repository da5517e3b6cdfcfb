#include "meta/backfill.hpp"

#include "meta/reconciler.hpp"
#include "meta/walk_rules.hpp"
#include "platform/log/log.hpp"

#include <algorithm>
#include <array>

namespace leadcrm::meta {

using namespace std::chrono_literals;

// Meta promises no order, so the newest come first by asking for them first.
struct Backfiller::Stretch {
    const char* name;
    std::chrono::hours from;  // before the backfill began
    std::chrono::hours until;
    bool is_last = false;
};

namespace {

constexpr auto jobs_attempts_max = 100;
constexpr auto put_off_min = 10s;

bool is_open(const Backfill& backfill)
{
    return backfill.state == BackfillState::waiting || backfill.state == BackfillState::running;
}

bool is_walked(const Backfill& backfill, const std::string& part)
{
    return std::any_of(backfill.walked.begin(), backfill.walked.end(),
        [&](const BackfillPart& each) { return each.name == part; });
}

std::int64_t found_in_parts(const Backfill& backfill)
{
    std::int64_t found = 0;
    for (const auto& part : backfill.walked) found += part.found;
    return found;
}

}  // namespace

Backfill order_backfill(db::Tx& tx, const std::string& page_id)
{
    auto backfill = store::find_backfill(tx, page_id);
    if (!backfill || !is_open(*backfill)) {
        backfill = Backfill{.page_id = page_id};
        store::upsert(tx, *backfill);
    }
    jobs::enqueue(tx, {.kind = backfill_job, .key = page_id, .attempts_max = jobs_attempts_max});
    return *backfill;
}

Backfiller::Backfiller(
    db::Database& database, FormLister& lister, LeadWalker& walker, const Apps& apps)
    : database_(database), lister_(lister), walker_(walker), apps_(apps)
{
}

void Backfiller::fill(OrganizationId organization, const std::string& page_id)
{
    static constexpr auto stretches = std::to_array<Stretch>({
        {"day", 24h, 0h},
        {"week", 7 * 24h, 24h},
        {"rest", 0h, 7 * 24h, true},
    });
    Backfill backfill{.page_id = page_id};
    const auto page = begin(organization, page_id, backfill);
    if (!page) return;
    if (page->is_disconnected())
        return end(organization, backfill, page->problem_message.value_or(""));
    lister_.list(organization, page_id);
    const auto forms = database_.read(
        organization, [&](db::Reader& db) { return store::list_forms_of(db, page_id); });
    for (const auto& stretch : stretches)
        for (const auto& form : forms) {
            const auto part = stretch.name + ("/" + form.form_id);
            if (!form.is_on || form.status == "DRAFT" || is_walked(backfill, part)) continue;
            walk_part(organization, *page, form.form_id, stretch, backfill);
            if (backfill.state == BackfillState::failed) return;
        }
    end(organization, backfill, backfill.trouble.value_or(""));
}

// The row as it goes on; nothing to do without a page.
std::optional<Page> Backfiller::begin(
    OrganizationId organization, const std::string& page_id, Backfill& backfill)
{
    return database_.write(organization, [&](db::Tx& tx) {
        auto page = store::find_page(tx, page_id);
        if (!page) return page;
        const auto known = store::find_backfill(tx, page_id);
        backfill = known && is_open(*known) ? *known : Backfill{.page_id = page_id};
        backfill.state = BackfillState::running;
        backfill.trouble = std::nullopt;
        if (!backfill.started_at) backfill.started_at = Instant::now();
        store::upsert(tx, backfill);
        return page;
    });
}

void Backfiller::walk_part(OrganizationId organization, const Page& page,
    const std::string& form_id, const Stretch& stretch, Backfill& backfill)
{
    const auto began = *backfill.started_at;
    const auto base = found_in_parts(backfill);
    WalkAsk ask{.organization = organization, .page = page, .form_id = form_id};
    if (stretch.from > 0h) ask.from = began - stretch.from;
    if (stretch.until > 0h) ask.before = began - stretch.until;
    ask.by = BroughtBy::backfill;
    ask.on_piece = [&](db::Tx& tx, const ListTally& so_far, const ListTally& piece) {
        store::set_progress(tx, page.page_id, base + so_far.found, piece.stored);
    };
    const auto walk_end = walker_.walk(ask);
    const auto problem = walk_end.problem;
    if (problem && (problem->advice == Advice::retry || problem->advice == Advice::wait))
        return put_off(*problem, page);

    backfill.walked.push_back({stretch.name + ("/" + form_id), problem ? 0 : walk_end.tally.found});
    const bool is_over =
        problem && (problem->advice == Advice::reconnect || problem->advice == Advice::recover);
    database_.write(organization, [&](db::Tx& tx) {
        auto form = store::find_walk(tx, form_id)
                        .value_or(FormWalk{.form_id = form_id, .page_id = page.page_id});
        // Together the stretches are a sweep.
        form = walked(form, walk_end, stretch.is_last, Instant::now());
        store::upsert(tx, form);
        note_walk(tx, page, form, walk_end);
        auto row = store::find_backfill(tx, page.page_id).value_or(backfill);
        row.walked = backfill.walked;
        row.trouble = problem ? std::optional(problem->text()) : backfill.trouble;
        store::upsert(tx, row);
        backfill.trouble = row.trouble;
    });
    if (is_over) end(organization, backfill, problem->text());
}

void Backfiller::put_off(const GraphProblem& problem, const Page& page) const
{
    const auto wait = apps_.of(page.app_id)->graph.unhurried_free_at(page.page_id) - Instant::now();
    throw jobs::TryAgain(std::max<std::chrono::milliseconds>(
                             std::chrono::ceil<std::chrono::milliseconds>(wait), put_off_min),
        problem.text());
}

void Backfiller::end(OrganizationId organization, Backfill& backfill, const std::string& trouble)
{
    backfill.state = trouble.empty() ? BackfillState::done : BackfillState::failed;
    database_.write(organization, [&](db::Tx& tx) {
        auto row = store::find_backfill(tx, backfill.page_id).value_or(backfill);
        row.state = backfill.state;
        row.found = found_in_parts(backfill);
        row.ended_at = Instant::now();
        row.walked.clear();
        if (!trouble.empty()) row.trouble = trouble;
        store::upsert(tx, row);
        order_reconcile(tx, backfill.page_id);
        backfill = row;
    });
    log::info("backfill ended",
        {{"organization_id", organization.text()}, {"page_id", backfill.page_id},
            {"found", std::to_string(backfill.found)}, {"stored", std::to_string(backfill.stored)},
            {"trouble", trouble}});
}

}  // namespace leadcrm::meta
