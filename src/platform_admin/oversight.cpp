#include "platform_admin/oversight.hpp"

#include "leads/folded_text.hpp"
#include "meta/page.hpp"
#include "meta/trouble.hpp"
#include "platform_admin/graph_errors.hpp"
#include "platform_admin/plan.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <tuple>

namespace leadcrm::platform_admin {
namespace {

using namespace std::chrono_literals;

struct Named {
    OrganizationId id;
    std::string name;
    std::optional<Instant> suspended_at;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(Named, (), (id, name, suspended_at, created_at))

std::vector<Named> all_organizations(const db::PlatformReader& db)
{
    return db.rows<Named>("SELECT {columns} FROM organizations ORDER BY id");  // ids keep the order
}

bool is_asked_for(
    const Named& each, const std::string& folded_name, const OrganizationsAsked& asked)
{
    if (asked.after && each.id <= *asked.after) return false;
    return folded_name.empty() || leads::fold(each.name).find(folded_name) != std::string::npos;
}

std::map<OrganizationId, std::int64_t> count_members(const db::PlatformReader& db)
{
    std::map<OrganizationId, std::int64_t> members;
    for (const auto& [id, count] : db.rows<std::tuple<OrganizationId, std::int64_t>>(
             "SELECT organization_id, count(*) FROM memberships GROUP BY organization_id"))
        members[id] = count;
    return members;
}

std::int64_t failing_among(const std::vector<meta::Trouble>& troubles)
{
    std::set<std::string> pages;
    for (const auto& trouble : troubles) pages.insert(trouble.page_id);
    return static_cast<std::int64_t>(pages.size());
}

using Plans = std::tuple<std::optional<std::string>, std::optional<std::string>>;

void add_figures(OrganizationLine& line, const db::Reader& db,
    const std::vector<Plan>& plans_offered, Instant now)
{
    for (const auto& page : meta::store::list_pages(db))
        if (!page.disconnected_at) ++line.pages;
    line.failing_pages = failing_among(meta::list_troubles(db));
    line.leads_30_days =
        db.one<std::int64_t>("SELECT count(*) FROM (SELECT 1 FROM leads WHERE organization_id = $1"
                             " AND received_at >= $2 LIMIT $3) AS recent",
            now - 30 * 24h, leads_counted_max);
    line.last_lead_at = db.one<std::optional<Instant>>(
        "SELECT max(received_at) FROM leads WHERE organization_id = $1");
    if (const auto plans = db.row<Plans>(
            "SELECT plan_id, asked_plan_id FROM subscriptions WHERE organization_id = $1"))
        std::tie(line.plan, line.asks_for) = *plans;
    for (const auto& plan : plans_offered)
        if (plan.id == line.plan) line.seats = plan.seats;
}

using Took = std::tuple<Instant, std::optional<Instant>>;

void add_page(LagLine& line, std::vector<double>& seconds, const db::Reader& db,
    const std::string& page_id, Instant since)
{
    const auto newest = db.rows<Took>(R"sql(
        SELECT received_at, ended_at FROM lead_fetches
        WHERE organization_id = $1 AND page_id = $2 AND submitted_at >= $3
            AND brought_by = 'webhook' AND state = 'done'
        ORDER BY submitted_at DESC LIMIT 1000
    )sql",
        page_id, since);
    for (const auto& [received, ended] : newest)
        if (ended) seconds.push_back(double((*ended - received).count()) / 1e6);
    line.open += db.one<std::int64_t>(R"sql(
        SELECT count(*) FROM (SELECT 1 FROM lead_fetches
            WHERE organization_id = $1 AND page_id = $2 AND ended_at IS NULL
            LIMIT 1000) AS waiting
    )sql",
        page_id);
}

// `share` of 1 is the largest.
std::optional<double> share_of(const std::vector<double>& sorted, double share)
{
    if (sorted.empty()) return std::nullopt;
    return sorted[std::min(
        sorted.size() - 1, static_cast<std::size_t>(share * double(sorted.size())))];
}

LagLine lag_of(const db::PlatformReader& db, const Named& organization, Instant now)
{
    const auto inside = db.in_organization(organization.id);
    LagLine line{.organization_id = organization.id, .organization = organization.name};
    std::vector<double> seconds;
    for (const auto& page : meta::store::list_pages(inside))
        add_page(line, seconds, inside, page.page_id, now - 24h);
    std::sort(seconds.begin(), seconds.end());
    line.leads = static_cast<std::int64_t>(seconds.size());
    line.p50_seconds = share_of(seconds, 0.5);
    line.p99_seconds = share_of(seconds, 0.99);
    return line;
}

// What is asked of all organizations at once.
struct Common {
    std::vector<Plan> plans;
    std::map<OrganizationId, double> error_shares;
};

Common common_of(const db::PlatformReader& db, Instant now)
{
    return {list_plans(db), graph_error_shares(db, now)};
}

OrganizationLine line_of(const db::PlatformReader& db, const Named& organization,
    std::int64_t members, const Common& common, Instant now)
{
    OrganizationLine line{.id = organization.id,
        .name = organization.name,
        .state = organization.suspended_at ? "suspended" : "active",
        .members = members,
        .created_at = organization.created_at};
    add_figures(line, db.in_organization(organization.id), common.plans, now);
    line.lag_p99_seconds = lag_of(db, organization, now).p99_seconds;
    const auto share = common.error_shares.find(organization.id);
    if (share != common.error_shares.end()) line.graph_error_share = share->second;
    return line;
}

}  // namespace

std::vector<OrganizationLine> list_organizations(
    const db::PlatformReader& db, Instant now, const OrganizationsAsked& asked)
{
    const auto members = count_members(db);
    const auto common = common_of(db, now);
    const auto name = leads::fold(asked.name);
    std::vector<OrganizationLine> lines;
    for (const auto& each : all_organizations(db)) {
        if (lines.size() == asked.limit) break;
        if (!is_asked_for(each, name, asked)) continue;
        const auto found = members.find(each.id);
        lines.push_back(line_of(db, each, found == members.end() ? 0 : found->second, common, now));
    }
    return lines;
}

std::optional<OrganizationLine> find_organization(
    const db::PlatformReader& db, const OrganizationId& id, Instant now)
{
    const auto found = db.row<Named>("SELECT {columns} FROM organizations WHERE id = $1", id);
    if (!found) return std::nullopt;
    const auto members =
        db.one<std::int64_t>("SELECT count(*) FROM memberships WHERE organization_id = $1", id);
    return line_of(db, *found, members, common_of(db, now), now);
}

std::vector<FailingPage> failing_pages_of(
    const db::PlatformReader& db, const OrganizationId& id, const std::string& name)
{
    std::vector<FailingPage> pages;
    for (const auto& trouble : meta::list_troubles(db.in_organization(id)))
        pages.push_back({id, name, trouble.page_id, trouble.page_name, trouble.code, trouble.since,
            trouble.message});
    return pages;
}

std::vector<FailingPage> list_failing_pages(const db::PlatformReader& db)
{
    std::vector<FailingPage> pages;
    for (const auto& each : all_organizations(db))
        for (auto& page : failing_pages_of(db, each.id, each.name))
            pages.push_back(std::move(page));
    return pages;
}

std::vector<QueueLine> list_queue(const db::PlatformReader& db)
{
    auto lines = db.rows<QueueLine>(
        "SELECT 'meta.webhook_delivery' AS kind, state, count(*) AS count,"
        " min(received_at) AS oldest FROM webhook_deliveries WHERE state <> 'sorted'"
        " GROUP BY state ORDER BY state");
    for (auto& line : db.rows<QueueLine>("SELECT kind, state, count(*) AS count,"
                                         " min(run_at) AS oldest FROM jobs"
                                         " GROUP BY kind, state ORDER BY kind, state"))
        lines.push_back(std::move(line));
    return lines;
}

std::vector<LagLine> list_lags(const db::PlatformReader& db, Instant now)
{
    std::vector<LagLine> lines;
    for (const auto& each : all_organizations(db)) lines.push_back(lag_of(db, each, now));
    return lines;
}

}  // namespace leadcrm::platform_admin
