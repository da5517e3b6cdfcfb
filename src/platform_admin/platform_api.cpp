#include "platform_admin/platform_api.hpp"

#include "backups/backup.hpp"
#include "platform/fields.hpp"
#include "platform/log/log.hpp"
#include "platform/mail/mail.hpp"
#include "platform/metrics/metrics.hpp"
#include "platform_admin/dead_letters.hpp"
#include "platform_admin/graph_calls.hpp"
#include "platform_admin/graph_errors.hpp"
#include "platform_admin/masked.hpp"
#include "platform_admin/oversight.hpp"
#include "platform_admin/plan.hpp"
#include "platform_admin/suspension.hpp"
#include "support_access/support_grant.hpp"
#include "support_access/support_request.hpp"

namespace leadcrm::platform_admin {

struct ListOrganizations {
    std::optional<Text<1, 120>> q;
    std::optional<OrganizationId> cursor;
    std::optional<Whole<1, 100>> limit;
};
BOOST_DESCRIBE_STRUCT(ListOrganizations, (), (q, cursor, limit))

struct AskOrganization {
    OrganizationId id;
};
BOOST_DESCRIBE_STRUCT(AskOrganization, (), (id))

struct Suspend {
    OrganizationId id;
    OperatorReason reason;
};
BOOST_DESCRIBE_STRUCT(Suspend, (), (id, reason))

struct SupportUntil {
    Instant granted_at;
    Instant expires_at;
    std::string reason;
    std::optional<Instant> opened_at;
};
BOOST_DESCRIBE_STRUCT(SupportUntil, (), (granted_at, expires_at, reason, opened_at))

BOOST_DEFINE_ENUM_CLASS(RequestState, open, granted, declined, withdrawn, expired)

struct SupportRequested {
    RequestState state = RequestState::open;
    std::string asked_by;
    Instant asked_at;
    Instant expires_at;
    std::string reason;
    std::optional<Instant> answered_at;
};
BOOST_DESCRIBE_STRUCT(
    SupportRequested, (), (state, asked_by, asked_at, expires_at, reason, answered_at))

struct OrganizationView {
    OrganizationLine organization;
    std::optional<std::string> suspension;
    Usage usage;
    std::vector<FailingPage> failing_pages;
    std::optional<SupportUntil> support;  // what an owner grants
    std::optional<SupportRequested> support_request;  // the newest
};
BOOST_DESCRIBE_STRUCT(OrganizationView, (),
    (organization, suspension, usage, failing_pages, support, support_request))

struct ServerLine {
    std::string version;
    Instant started_at;
    std::string database;  // "SQLite 3.40.1", "PostgreSQL 15.8"
    std::string migration;  // the newest
    std::optional<Instant> newest_backup_at;  // that this server's machine has
};
BOOST_DESCRIBE_STRUCT(ServerLine, (), (version, started_at, database, migration, newest_backup_at))

struct Health {
    ServerLine server;
    std::vector<QueueLine> queue;
    std::vector<LagLine> lags;
    std::vector<GraphCalls> graph_calls;
    std::vector<FailingPage> failing_pages;
};
BOOST_DESCRIBE_STRUCT(Health, (), (server, queue, lags, graph_calls, failing_pages))

struct MailLine {
    std::string recipient;  // masked
    std::string subject;
    bool is_sent = false;  // no: kept here, for want of a mail server
    Instant at;
};
BOOST_DESCRIBE_STRUCT(MailLine, (), (recipient, subject, is_sent, at))

struct Mails {
    std::vector<QueueLine> waiting;
    std::vector<MailLine> newest;
};
BOOST_DESCRIBE_STRUCT(Mails, (), (waiting, newest))

struct ListDead {
    std::optional<jobs::JobId> cursor;
};
BOOST_DESCRIBE_STRUCT(ListDead, (), (cursor))

struct RetryDead {
    jobs::JobId id;
};
BOOST_DESCRIBE_STRUCT(RetryDead, (), (id))

struct GrantLine {
    OrganizationId organization_id;
    std::string organization;
    Instant expires_at;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(GrantLine, (), (organization_id, organization, expires_at, reason))

namespace {

constexpr std::int64_t organizations_default = 50;
constexpr std::int64_t mails_max = 200;
constexpr int dead_letters_max = 50;

http::Page<OrganizationLine> list(
    db::PlatformReader& db, const http::Caller&, const ListOrganizations& ask)
{
    const auto limit = std::size_t(ask.limit.value_or(Whole<1, 100>{organizations_default}).value);
    http::Page<OrganizationLine> page;
    page.data =
        list_organizations(db, Instant::now(), {ask.q ? ask.q->value : "", ask.cursor, limit + 1});
    if (page.data.size() > limit) {
        page.data.pop_back();
        page.next_cursor = page.data.back().id.text();
    }
    return page;
}

Failure no_organization() { return Failure::not_found("There is no such organization."); }

std::optional<SupportRequested> requested(
    const db::PlatformReader& db, const OrganizationId& organization, Instant now)
{
    const auto newest = support_access::newest_request(db.in_organization(organization));
    if (!newest) return std::nullopt;
    auto state = newest->is_open(now) ? RequestState::open : RequestState::expired;
    if (newest->answer)
        boost::describe::enum_from_string(
            boost::describe::enum_to_string(*newest->answer, ""), state);
    return SupportRequested{state,
        db.row<std::string>("SELECT name FROM users WHERE id = $1", newest->asked_by).value_or(""),
        newest->asked_at, newest->expires_at, newest->reason, newest->answered_at};
}

OrganizationView read(db::PlatformReader& db, const http::Caller&, const AskOrganization& ask)
{
    const auto now = Instant::now();
    auto line = find_organization(db, ask.id, now);
    if (!line) throw no_organization();
    const auto inside = db.in_organization(ask.id);
    OrganizationView view{.organization = *line,
        .suspension = find_suspension(db, ask.id),
        .usage = usage_of(inside, now),
        .failing_pages = failing_pages_of(db, ask.id, line->name)};
    if (const auto grant = support_access::live_grant(inside, now))
        view.support =
            SupportUntil{grant->granted_at, grant->expires_at, grant->reason, grant->opened_at};
    view.support_request = requested(db, ask.id, now);
    return view;
}

ServerLine server_line(const db::PlatformReader& db, const ServerFacts& facts, Instant started_at)
{
    const bool is_sqlite = db.dialect() == db::Dialect::sqlite;
    const auto database = is_sqlite
        ? "SQLite " + db.one<std::string>("SELECT sqlite_version()")
        : "PostgreSQL " + db.one<std::string>("SELECT current_setting('server_version')");
    return {facts.version, started_at, database,
        db.one<std::string>("SELECT max(name) FROM schema_migrations"),
        backups::newest_backup(facts.backups)};
}

Health health(db::PlatformReader& db, const ServerFacts& facts, Instant started_at)
{
    return {server_line(db, facts, started_at), list_queue(db), list_lags(db, Instant::now()),
        graph_calls_in(metrics::exposition()), list_failing_pages(db)};
}

// The text of a letter may hold a link that gives access, so none is shown.
Mails mails(db::PlatformReader& db, const http::Caller&, const http::Nothing&)
{
    Mails found;
    for (auto& line : list_queue(db))
        if (line.kind.ends_with("_letter")) found.waiting.push_back(std::move(line));
    for (const auto& mail : mail::list(db, mails_max))
        found.newest.push_back(
            {masked_address(mail.recipient), mail.subject, !mail.text, mail.created_at});
    return found;
}

http::Page<DeadLetter> dead_letters(
    db::PlatformReader& db, const http::Caller&, const ListDead& ask)
{
    http::Page<DeadLetter> page{list_dead_letters(db, ask.cursor, dead_letters_max + 1), {}};
    if (page.data.size() > std::size_t(dead_letters_max)) {
        page.data.pop_back();
        page.next_cursor = page.data.back().id.text();
    }
    return page;
}

http::Nothing retry(db::PlatformTx& tx, const http::Caller& caller, const RetryDead& ask)
{
    if (!jobs::retry_dead(tx, ask.id))
        throw Failure::not_found("This job is not here any more. It may have begun anew.");
    tx.after_commit([by = caller.user_id.text(), job = ask.id.text()] {
        log::info("a dead job begins anew", {{"by", by}, {"job", job}});
    });
    return {};
}

http::Page<GrantLine> grants(db::PlatformReader& db, const http::Caller&, const http::Nothing&)
{
    http::Page<GrantLine> page;
    for (const auto& [id, name] : db.rows<std::tuple<OrganizationId, std::string>>(
             "SELECT id, name FROM organizations ORDER BY id"))
        if (const auto grant = support_access::live_grant(db.in_organization(id)))
            page.data.push_back({id, name, grant->expires_at, grant->reason});
    return page;
}

SuspensionAct act_of(const http::Caller& caller, const Suspend& ask)
{
    return {ask.id, ask.reason, caller.user_id};
}

}  // namespace

void add_platform_routes(http::Routes& api, const ServerFacts& facts)
{
    using http::Right;
    api.read("GET", "/api/v1/platform/organizations", list,
        {"Every organization: plan, people, pages, leads, lag, errors of Meta",
            Right::operate_platform,
            "Oldest first. `q` is part of a name. Figures only, never a lead."});
    api.read("GET", "/api/v1/platform/organizations/{id}", read,
        {"One organization, without its leads", Right::operate_platform});
    api.write("PUT", "/api/v1/platform/organizations/{id}/suspension",
        [](db::PlatformTx& tx, const http::Caller& caller, const Suspend& ask) {
            suspend(tx, act_of(caller, ask));
            return http::Nothing();
        },
        {"Suspend an organization", Right::operate_platform,
            "Its members can do nothing but read the reason; its leads come in and wait. Of one "
            "that is suspended the reason becomes another.",
            204});
    api.write("POST", "/api/v1/platform/organizations/{id}/restoration",
        [](db::PlatformTx& tx, const http::Caller& caller, const Suspend& ask) {
            restore(tx, act_of(caller, ask));
            return http::Nothing();
        },
        {"Restore an organization", Right::operate_platform,
            "Its members can work again. The reason is in the organization's audit log.", 204});
    api.read("GET", "/api/v1/platform/health",
        [facts, started_at = Instant::now()](db::PlatformReader& db, const http::Caller&,
            const http::Nothing&) { return health(db, facts, started_at); },
        {"The server, work that waits, lag, calls to Meta, failing pages", Right::operate_platform,
            "`server` and `graph_calls` are of the server that answers, since it started."});
    api.read("GET", "/api/v1/platform/graph-errors",
        [](db::PlatformReader& db, const http::Caller&, const http::Nothing&) {
            return list_graph_errors(db, Instant::now());
        },
        {"Calls to Meta that failed, by hour and organization", Right::operate_platform,
            "Of the last seven days and all servers; the fifty organizations with the most. Hours "
            "without a call are left out. What is newer than a minute may be missing."});
    api.read("GET", "/api/v1/platform/mails", mails,
        {"Letters that wait, and the newest", Right::operate_platform,
            "Addresses are masked. No text is shown: it may hold a link that gives access."});
    api.read("GET", "/api/v1/platform/dead-letters", dead_letters,
        {"Jobs that failed for good", Right::operate_platform});
    api.write("POST", "/api/v1/platform/dead-letters/{id}/retry", retry,
        {"Let a job that failed for good begin anew", Right::operate_platform, {}, 204});
    api.read("GET", "/api/v1/platform/support-grants", grants,
        {"Organizations that let support look just now", Right::operate_platform});
}

}  // namespace leadcrm::platform_admin
