#include "meta/token_probe.hpp"

#include "meta/failure_reason.hpp"
#include "meta/page_connection.hpp"
#include "platform/log/log.hpp"

namespace leadcrm::meta {
namespace {

using namespace std::chrono_literals;

constexpr auto job_kind = "meta.probe_tokens";

void order(db::Database& database, std::chrono::milliseconds delay)
{
    database.write_platform([&](db::PlatformTx& tx) {
        jobs::enqueue(tx, {.kind = job_kind, .key = "daily", .delay = delay});
    });
}

std::string date_of(Instant at) { return rfc3339(at).substr(0, 10); }

// The sooner of the two clocks of a token.
std::optional<Instant> end_of(const TokenFacts& facts)
{
    if (!facts.expires_at) return facts.data_access_expires_at;
    if (!facts.data_access_expires_at) return facts.expires_at;
    return std::min(*facts.expires_at, *facts.data_access_expires_at);
}

// What is wrong with a token, or will be soon. `what` begins the sentence.
std::optional<PageProblem> problem_of(const TokenFacts& facts, const std::string& what, Instant now)
{
    if (!facts.is_valid) {
        // These two may come back when the person has been at facebook.com.
        const bool recovers = facts.subcode == 459 || facts.subcode == 464;
        return PageProblem{recovers ? "recover" : "reconnect",
            recovers ? what + " is on hold: Facebook asks the person to log in at facebook.com."
                     : what + " has ended. Connect Facebook again; nothing is lost meanwhile.",
            now};
    }
    const auto ends = end_of(facts);
    if (!ends || *ends > now + expiry_notice) return std::nullopt;
    return PageProblem{"expiring",
        what + " ends on " + date_of(*ends) + ". Connect Facebook again before then.", now};
}

bool differs(const std::optional<std::string>& code, const std::optional<PageProblem>& found)
{
    return found && code != found->code;
}

}  // namespace

TokenProbe::TokenProbe(db::Database& database, const crypto::Vault& vault, const Apps& apps)
    : database_(database), vault_(vault), apps_(apps)
{
}

void TokenProbe::handle_jobs(jobs::Workers& workers)
{
    workers.handle(job_kind,
        [this](const jobs::Job&) {
            probe_all();
            order(database_, 24h);
        },
        {.at_once = 1});
}

void TokenProbe::order_first() { order(database_, 1min); }

void TokenProbe::probe_all()
{
    const auto organizations = database_.read_platform([](db::PlatformReader& db) {
        return db.rows<OrganizationId>("SELECT id FROM organizations ORDER BY id");
    });
    for (const auto& organization : organizations) probe(organization);
}

void TokenProbe::probe(OrganizationId organization)
{
    try {
        probe_connections(organization);
        probe_pages(organization);
    } catch (const std::exception& error) {
        log::warn("tokens could not be asked about",
            {{"organization_id", organization.text()}, {"why", reason_of(error)}});
    }
}

// A limit of Meta's is no reason to ask; tomorrow is another day.
std::optional<TokenFacts> TokenProbe::facts_of(
    const std::string& token, const std::optional<std::string>& app_id) const
{
    const auto app = apps_.of(app_id);
    if (app->settings().app_id.empty() || app->graph.free_at({}) > Instant::now())
        return std::nullopt;
    return debug_token(app->graph, token);
}

void TokenProbe::probe_connections(OrganizationId organization)
{
    const auto now = Instant::now();
    const auto connections =
        database_.read(organization, [](db::Reader& db) { return store::list_connections(db); });
    for (const auto& connection : connections) {
        const auto token = vault_.open(connection.token_sealed.bytes,
            person_token_context(organization, connection.person_id));
        const auto facts = facts_of(token, connection.app_id);
        if (!facts) continue;
        const auto found = problem_of(*facts, "The login at Facebook", now);
        if (differs(connection.problem_code, found))
            database_.write(
                organization, [&](db::Tx& tx) { store::set_problem(tx, connection, *found); });
        else if (!found && connection.problem_code)
            database_.write(
                organization, [&](db::Tx& tx) { store::clear_problem(tx, connection); });
    }
}

// A page that is in trouble already has a worker that looks after it.
void TokenProbe::probe_pages(OrganizationId organization)
{
    const auto now = Instant::now();
    const auto pages =
        database_.read(organization, [](db::Reader& db) { return store::list_pages(db); });
    for (const auto& page : pages) {
        const bool is_well = !page.problem_code || page.problem_code == "expiring";
        if (page.disconnected_at || !is_well || page.token_sealed.bytes.empty()) continue;
        const auto facts = facts_of(open_token(vault_, organization, page), page.app_id);
        if (!facts) continue;
        const auto found = problem_of(*facts, "The access to this page", now);
        database_.write(organization, [&](db::Tx& tx) {
            store::set_token_expiry(tx, page.page_id, facts->expires_at);
            if (differs(page.problem_code, found)) store::set_problem(tx, page.page_id, *found);
            if (facts->is_valid) order_subscription(tx, page.page_id);
        });
        if (!facts->is_valid)
            log::error("the token of a page has died",
                {{"organization_id", organization.text()}, {"page_id", page.page_id}});
    }
}

}  // namespace leadcrm::meta
