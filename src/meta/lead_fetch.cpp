#include "meta/lead_fetch.hpp"

#include "events/change.hpp"
#include "leads/lead_intake.hpp"
#include "leads/source_names.hpp"
#include "meta/answer_mapper.hpp"
#include "meta/failure_reason.hpp"
#include "meta/fetch_rules.hpp"
#include "meta/form.hpp"
#include "meta/lead_mapping.hpp"
#include "platform/log/log.hpp"
#include "platform/metrics/metrics.hpp"

#include <algorithm>
#include <future>
#include <map>
#include <memory>

namespace leadcrm::meta {
namespace {

using namespace std::chrono_literals;

constexpr auto job_kind = "meta.fetch_leads";
// Then the job is ordered anew, so that a shutdown does not wait for a long backlog.
constexpr int rounds_max = 20;

struct FetchOrder {
    std::string page_id;
};
BOOST_DESCRIBE_STRUCT(FetchOrder, (), (page_id))

metrics::Counter& fetches(const std::string& result)
{
    return metrics::counter(
        "leadcrm_lead_fetches_total", "Leads read from Graph, by result.", {{"result", result}});
}

// A lead on its way into the database. Shared between this thread and the database's.
struct Arrival {
    LeadReading reading;
    leads::Submission submission;
    bool is_page_news = false;  // the first of its round also says that the page is well
    leads::Intake intake = leads::Intake::already_known;
    std::promise<void> stored;
};

void store_arrival(db::Tx& tx, Arrival& arrival, bool had_problem)
{
    const auto now = Instant::now();
    auto fetch = arrival.reading.fetch;
    AnswerMapper(tx).apply(arrival.submission);
    arrival.intake = leads::take_in(tx, arrival.submission);
    if (arrival.intake == leads::Intake::erased) return;  // while it was being read
    leads::note_names(tx, arrival.submission.source, now);
    fetch.state = FetchState::done;
    fetch.form_id = arrival.submission.source.form_id;
    fetch.submitted_at = arrival.submission.submitted_at;
    fetch.reason = missing_from(arrival.reading.fields);
    fetch.next_at = std::nullopt;
    fetch.ended_at = now;
    store::update(tx, fetch);
    if (!arrival.is_page_news) return;
    store::set_well(tx, fetch.page_id, now);
    if (!had_problem) return;
    store::set_probe_at(tx, fetch.page_id, std::nullopt);
    store::unblock(tx, fetch.page_id, now);
    events::tell_change(tx, events::Topic::pages);
}

void count_arrival(const Arrival& arrival)
{
    static auto& delay = metrics::histogram("leadcrm_lead_intake_seconds",
        "From the arrival of a delivery until its lead is stored.",
        {0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5, 60, 3600});
    delay.observe(double((Instant::now() - arrival.submission.received_at).count()) / 1e6);
    switch (arrival.intake) {
    case leads::Intake::added:
        return fetches("added").add();
    case leads::Intake::came_back:
        return fetches("came_back").add();
    case leads::Intake::already_known:
        return fetches("already_known").add();
    case leads::Intake::erased:
        return fetches("erased").add();
    }
}

}  // namespace

void order_fetch(db::Tx& tx, const std::string& page_id, std::chrono::milliseconds delay)
{
    jobs::enqueue(tx,
        {.kind = job_kind,
            .payload = json::text_of(FetchOrder{page_id}),
            .key = tx.organization_id().text() + "/" + page_id,
            .delay = delay,
            .attempts_max = 100});
}

std::string raw_context(OrganizationId organization, const std::string& leadgen_id)
{
    return "lead of " + organization.text() + "/" + leadgen_id;
}

LeadFetcher::LeadFetcher(db::Database& database, const crypto::Vault& vault, const Apps& apps)
    : database_(database), vault_(vault), apps_(apps)
{
}

void LeadFetcher::handle_jobs(jobs::Workers& workers)
{
    workers.handle(job_kind,
        [this](const jobs::Job& job) {
            fetch_page(
                job.organization_id.value(), json::from_text<FetchOrder>(job.payload).page_id);
        },
        {.at_once = 8});
}

void LeadFetcher::fetch_page(OrganizationId organization, const std::string& page_id)
{
    for (int round = 0; round < rounds_max; ++round) {
        const auto desk = look(organization, page_id);
        if (!desk.page) return;
        if (desk.has_unreachable)
            database_.write(organization, [&](db::Tx& tx) {
                store::block_waiting(tx, page_id,
                    desk.page->problem_message.value_or("This page is not connected any more."));
            });
        leave(desk);
        if (desk.fetches.empty() && desk.unwanted.empty()) break;
        if (!desk.fetches.empty()) work_off(desk);
    }
    order_rest(organization, page_id);
}

LeadFetcher::Desk LeadFetcher::look(OrganizationId organization, const std::string& page_id) const
{
    const auto now = Instant::now();
    return database_.read(organization, [&](db::Reader& db) {
        Desk desk{.organization = organization, .page = store::find_page(db, page_id)};
        if (!desk.page) return desk;
        desk.app = apps_.of(desk.page->app_id);
        auto due = store::list_due(db, page_id, now, GraphClient::batch_max);
        const auto off = store::list_forms_off(db);
        const auto wanted = std::stable_partition(due.begin(), due.end(), [&](const Fetch& fetch) {
            return !fetch.form_id || std::find(off.begin(), off.end(), *fetch.form_id) == off.end();
        });
        desk.unwanted.assign(wanted, due.end());
        due.erase(wanted, due.end());
        desk.has_unreachable = desk.page->is_disconnected() && !due.empty();
        if (desk.app->graph.free_at(page_id) > now || desk.page->wait_until > now) return desk;
        if (!desk.page->is_disconnected()) desk.fetches = std::move(due);
        if (desk.fetches.empty() && desk.page->probe_at && *desk.page->probe_at <= now) {
            if (auto blocked = store::find_blocked(db, page_id)) {
                desk.fetches.push_back(*std::move(blocked));
                desk.is_probe = true;
            }
        }
        return desk;
    });
}

// A form that is switched on again is swept, and what was left at Meta comes then.
void LeadFetcher::leave(const Desk& desk)
{
    if (desk.unwanted.empty()) return;
    database_.write(desk.organization, [&](db::Tx& tx) {
        for (auto fetch : desk.unwanted) {
            fetch.state = FetchState::gave_up;
            fetch.reason = "the form is switched off";
            fetch.next_at = std::nullopt;
            fetch.ended_at = Instant::now();
            store::update(tx, fetch);
        }
    });
}

void LeadFetcher::work_off(const Desk& desk)
{
    const PageAccess as{
        desk.page->page_id, open_token(vault_, desk.organization, *desk.page), desk.organization};
    std::vector<LeadReading> read;
    std::vector<LeadReading> unread;
    for (auto& reading : read_leads(desk.app->graph, as, desk.fetches))
        (reading.answer.problem ? unread : read).push_back(std::move(reading));
    for (auto& reading : take_in(desk, as, std::move(read))) unread.push_back(std::move(reading));
    settle(desk, unread);
}

// All are posted before the first is waited for, so that they share a commit. Returns those that
// could not be stored, with the reason.
std::vector<LeadReading> LeadFetcher::take_in(
    const Desk& desk, const PageAccess& as, std::vector<LeadReading> read)
{
    std::map<std::string, Form> forms;
    std::vector<std::pair<std::shared_ptr<Arrival>, std::future<void>>> arrivals;
    for (auto& reading : read) {
        Form form;
        if (const auto form_id = form_of(reading.answer.body, reading.fetch)) {
            const auto [known, is_new] = forms.try_emplace(*form_id);
            if (is_new || !explains(known->second, reading.answer.body))
                known->second = form_for(reading.answer.body, *form_id, database_,
                    desk.organization, desk.app->graph, as);
            form = known->second;
        }
        auto arrival = std::make_shared<Arrival>();
        arrival->submission =
            submission_from(reading.answer.body, form, reading.fetch, desk.page->name);
        arrival->submission.raw_sealed = vault_.seal(
            reading.answer.text, raw_context(desk.organization, reading.fetch.leadgen_id));
        arrival->reading = std::move(reading);
        arrival->is_page_news = arrivals.empty();
        arrivals.emplace_back(arrival, arrival->stored.get_future());
    }
    const bool had_problem = desk.page->problem_code.has_value();
    for (auto& [shared, stored] : arrivals) {
        try {
            database_.start_write(
                [arrival = shared, organization = desk.organization, had_problem](
                    db::PlatformTx& db) {
                    auto tx = db.in_organization(organization);
                    store_arrival(tx, *arrival, had_problem);
                },
                [arrival = shared](std::exception_ptr error) {
                    error ? arrival->stored.set_exception(error) : arrival->stored.set_value();
                });
        } catch (const Failure&) {
            shared->stored.set_exception(std::current_exception());
        }
    }
    std::vector<LeadReading> not_stored;
    for (auto& [arrival, stored] : arrivals) {
        try {
            stored.get();
            count_arrival(*arrival);
        } catch (const std::exception& error) {
            log::error("a lead could not be stored, trying again",
                {{"leadgen_id", arrival->reading.fetch.leadgen_id}, {"why", reason_of(error)}});
            arrival->reading.answer.problem = GraphProblem{.message = "it could not be stored"};
            not_stored.push_back(std::move(arrival->reading));
        }
    }
    return not_stored;
}

void LeadFetcher::settle(const Desk& desk, const std::vector<LeadReading>& unread)
{
    if (unread.empty()) return;
    const auto now = Instant::now();
    const auto free_at = desk.app->graph.free_at(desk.page->page_id);
    std::vector<Verdict> verdicts;
    for (const auto& reading : unread) {
        verdicts.push_back(judge(reading.fetch, *reading.answer.problem, *desk.page, free_at, now));
        const std::string result =
            boost::describe::enum_to_string(reading.answer.problem->advice, "");
        fetches(result).add();
    }
    database_.write(desk.organization, [&](db::Tx& tx) {
        const auto page = store::find_page(tx, desk.page->page_id);
        if (page && page->connected_at != desk.page->connected_at) {
            // Connected anew meanwhile: what the old token was told is over.
            for (auto fetch : desk.fetches) {
                fetch.state = FetchState::waiting;
                fetch.next_at = now;
                store::update(tx, fetch);
            }
            verdicts.clear();
            return;
        }
        std::optional<Instant> probe_at;
        if (desk.is_probe) probe_at = now + 1min;
        for (const auto& verdict : verdicts) {
            store::update(tx, verdict.fetch);
            if (verdict.probe_at) probe_at = verdict.probe_at;
            if (verdict.wait_until)
                store::set_wait_until(tx, desk.page->page_id, *verdict.wait_until);
            if (verdict.problem) store::set_problem(tx, desk.page->page_id, *verdict.problem);
        }
        events::tell_change(tx, events::Topic::deliveries);
        // One that fails for the same reason before the probe does not put the probe off.
        const bool is_set = desk.page->probe_at && *desk.page->probe_at > now;
        if (probe_at && !is_set) store::set_probe_at(tx, desk.page->page_id, probe_at);
    });
    for (const auto& verdict : verdicts)
        if (verdict.problem)
            log::error("leads of a page cannot be read",
                {{"organization_id", desk.organization.text()}, {"page_id", desk.page->page_id},
                    {"problem", verdict.problem->code}, {"leadgen_id", verdict.fetch.leadgen_id}});
}

void LeadFetcher::order_rest(OrganizationId organization, const std::string& page_id)
{
    const auto now = Instant::now();
    Instant free_at;
    const auto next = database_.read(organization, [&](db::Reader& db) {
        auto at = store::next_due_at(db, page_id);
        const auto page = store::find_page(db, page_id);
        if (page) free_at = apps_.of(page->app_id)->graph.free_at(page_id);
        if (page && page->probe_at && store::find_blocked(db, page_id))
            at = std::min(at.value_or(*page->probe_at), *page->probe_at);
        if (at && page && page->wait_until) at = std::max(*at, *page->wait_until);
        return at;
    });
    if (!next) return;
    const auto at = std::max({*next, free_at, now});
    const auto delay = std::chrono::ceil<std::chrono::milliseconds>(at - now);
    database_.write(organization, [&](db::Tx& tx) { order_fetch(tx, page_id, delay); });
}

}  // namespace leadcrm::meta
