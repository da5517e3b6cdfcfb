#include "meta/doctor.hpp"

#include "events/change.hpp"
#include "meta/app_webhook.hpp"
#include "meta/delivery_link_store.hpp"
#include "meta/delivery_store.hpp"
#include "meta/login_reading.hpp"
#include "meta/page_pulse.hpp"
#include "meta/page_subscription.hpp"
#include "meta/trouble.hpp"

namespace leadcrm::meta {
namespace {

using namespace std::chrono_literals;

constexpr auto page_kind = "meta.doctor";
constexpr auto round_kind = "meta.doctor_round";
constexpr auto round_every = 6h;
constexpr auto first_round_in = 10min;  // a start has other things to do

struct DoctorOrder {
    std::string page_id;
};
BOOST_DESCRIBE_STRUCT(DoctorOrder, (), (page_id))

// Empty while the page has too short a past.
std::optional<PageRhythm> page_rhythm(const db::Reader& db, const Page& page, Instant now)
{
    const auto rhythm = pulse_of(db, page, now).page.rhythm;
    if (rhythm.state == RhythmState::unknown) return std::nullopt;
    return PageRhythm{rhythm.state == RhythmState::quiet, rhythm.expected, rhythm.since};
}

std::optional<TokenHealth> token_health(
    GraphClient& graph, const std::string& token, std::string& person_id)
{
    try {
        const auto facts = debug_token(graph, token);
        if (person_id.empty()) person_id = facts.person_id;
        return TokenHealth{
            facts.is_valid, facts.expires_at, facts.data_access_expires_at, facts.scopes};
    } catch (const LoginTrouble&) {
        return std::nullopt;
    }
}

// Meta refuses to tell for some logins; that says nothing about the access.
std::optional<LeadAccess> lead_access(
    GraphClient& graph, const PageAccess& as, const std::string& person_id)
{
    if (person_id.empty()) return std::nullopt;
    const auto answer = graph.get(as, as.page_id, "has_lead_access.user_id(" + person_id + ")");
    const auto* access = member(answer.body, "has_lead_access");
    const auto* can_read = access ? member(*access, "can_access_lead") : nullptr;
    if (answer.problem || !can_read || !can_read->is_bool()) return std::nullopt;
    return LeadAccess{can_read->get_bool(), text_member(*access, "failure_reason"),
        text_member(*access, "failure_resolution")};
}

std::optional<Instant> last_delivery_at(
    const db::PlatformReader& db, OrganizationId organization, const std::string& page_id)
{
    const auto newest =
        store::list_linked(db.in_organization(organization), {.page_id = page_id, .most = 1});
    const auto kept = store::list_kept(db, newest);
    return kept.empty() ? std::nullopt : std::optional(kept.front().received_at);
}

}  // namespace

Doctor::Doctor(
    db::Database& database, const crypto::Vault& vault, const Apps& apps, Refusals& refusals)
    : database_(database), vault_(vault), apps_(apps), refusals_(refusals)
{
}

void Doctor::handle_jobs(jobs::Workers& workers)
{
    workers.handle(page_kind,
        [this](const jobs::Job& job) {
            try {
                run(job.organization_id.value(), json::from_text<DoctorOrder>(job.payload).page_id);
            } catch (const Failure& failure) {
                if (failure.kind != Failure::Kind::not_found) throw;
            }
        },
        {.at_once = 2});
    workers.handle(round_kind, [this](const jobs::Job&) {
        database_.write_platform([&](db::PlatformTx& db) {
            order_round(db, round_every);
            for (const auto& organization : store::list_routed_organizations(db)) {
                auto tx = db.in_organization(organization);
                for (const auto& page : store::list_pages(tx))
                    if (!page.disconnected_at)
                        jobs::enqueue(tx,
                            {.kind = page_kind,
                                .payload = json::text_of(DoctorOrder{page.page_id}),
                                .key = page.page_id});
            }
        });
    });
}

void Doctor::start()
{
    database_.write_platform([&](db::PlatformTx& db) { order_round(db, first_round_in); });
}

void Doctor::order_round(db::PlatformTx& db, std::chrono::milliseconds delay)
{
    jobs::enqueue(db, {.kind = round_kind, .key = "all", .delay = delay});
}

Checkup Doctor::run(OrganizationId organization, const std::string& page_id)
{
    const auto found = find_out(organization, page_id);
    Checkup checkup{.page_id = page_id, .checked_at = Instant::now()};
    checkup.checks = examine(found, *checkup.checked_at);
    database_.write(organization, [&](db::Tx& tx) {
        const auto last = store::list_checkups(tx, page_id);
        const auto before = last.empty() ? std::vector<Check>() : last.front().checks;
        keep_since(checkup.checks, before, *checkup.checked_at);
        store::upsert(tx, checkup);
        // Of what the page itself knows, the owners have been told.
        if (!found.page.problem_code)
            order_trouble_letters(tx, page_id, new_troubles(checkup.checks, before));
    });
    return checkup;
}

Findings Doctor::find_out(OrganizationId organization, const std::string& page_id)
{
    refusals_.write(database_);  // what this process has noted
    std::shared_ptr<App> app;
    auto found = database_.read_platform([&](db::PlatformReader& db) {
        const auto own = db.in_organization(organization);
        const auto page = store::find_page(own, page_id);
        if (!page || page->disconnected_at) throw Failure::not_found("This page is not connected.");
        app = apps_.of(page->app_id);
        return Findings{.app_id = app->settings().app_id,
            .is_own_app = app->organization_id.has_value(),
            .webhook_url = webhook_url(*app),
            .page = *page,
            .shown = store::find_shown_page(own, page_id),
            .last_delivery_at = last_delivery_at(db, organization, page_id),
            .refused = store::refused_since(db, app->settings().app_id, Instant::now() - 24h),
            .rhythm = page_rhythm(own, *page, Instant::now()),
            .round_trip = last_round_trip(own, page_id)};
    });
    if (!found.app_id.empty() && !found.page.token_sealed.bytes.empty())
        ask_meta(app->graph, {page_id, open_token(vault_, organization, found.page), organization},
            found);
    return found;
}

void Doctor::ask_meta(GraphClient& graph, const PageAccess& as, Findings& found)
{
    const auto webhook = read_app_webhook(graph);
    if (!webhook.problem) found.webhook = webhook;
    auto person_id = found.page.person_id.value_or("");
    found.token = token_health(graph, as.token, person_id);
    // A dead token is not used: each call with it would be refused.
    if (found.page.is_disconnected() || (found.token && !found.token->is_valid)) return;
    found.is_subscribed = is_subscribed(graph, as);
    found.lead_access = lead_access(graph, as, person_id);
}

namespace store {

std::vector<Checkup> list_checkups(const db::Reader& db, const std::optional<std::string>& page_id)
{
    db::Sql sql("SELECT {columns} FROM page_checkups WHERE organization_id = $1");
    if (page_id) sql.add(" AND page_id = $", *page_id);
    sql.add(" ORDER BY page_id");
    return db.rows<Checkup>(sql);
}

void upsert(db::Tx& tx, const Checkup& checkup)
{
    tx.store("INSERT INTO page_checkups (organization_id, {columns}) VALUES ($1, {values})"
             " ON CONFLICT (organization_id, page_id) DO UPDATE SET"
             " checked_at = excluded.checked_at, checks = excluded.checks",
        checkup);
    events::tell_change(tx, events::Topic::doctor);
}

}  // namespace store
}  // namespace leadcrm::meta
