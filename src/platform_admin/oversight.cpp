#include "platform_admin/oversight.hpp"

#include "meta/page.hpp"
#include "meta/trouble.hpp"

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
    return db.rows<Named>("SELECT {columns} FROM organizations ORDER BY created_at, id");
}

std::int64_t failing_among(const std::vector<meta::Trouble>& troubles)
{
    std::set<std::string> pages;
    for (const auto& trouble : troubles) pages.insert(trouble.page_id);
    return static_cast<std::int64_t>(pages.size());
}

using Plans = std::tuple<std::optional<std::string>, std::optional<std::string>>;

void add_figures(OrganizationLine& line, const db::Reader& db, Instant now)
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

}  // namespace

std::vector<OrganizationLine> list_organizations(const db::PlatformReader& db, Instant now)
{
    std::map<OrganizationId, std::int64_t> members;
    for (const auto& [id, count] : db.rows<std::tuple<OrganizationId, std::int64_t>>(
             "SELECT organization_id, count(*) FROM memberships GROUP BY organization_id"))
        members[id] = count;
    std::vector<OrganizationLine> lines;
    for (const auto& each : all_organizations(db)) {
        OrganizationLine line{.id = each.id,
            .name = each.name,
            .state = each.suspended_at ? "suspended" : "active",
            .members = members[each.id],
            .created_at = each.created_at};
        add_figures(line, db.in_organization(each.id), now);
        lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<FailingPage> list_failing_pages(const db::PlatformReader& db)
{
    std::vector<FailingPage> pages;
    for (const auto& each : all_organizations(db))
        for (const auto& trouble : meta::list_troubles(db.in_organization(each.id)))
            pages.push_back({each.id, each.name, trouble.page_id, trouble.page_name, trouble.code,
                trouble.since, trouble.message});
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
    for (const auto& each : all_organizations(db)) {
        const auto inside = db.in_organization(each.id);
        LagLine line{.organization_id = each.id, .organization = each.name};
        std::vector<double> seconds;
        for (const auto& page : meta::store::list_pages(inside))
            add_page(line, seconds, inside, page.page_id, now - 24h);
        std::sort(seconds.begin(), seconds.end());
        line.leads = static_cast<std::int64_t>(seconds.size());
        line.p50_seconds = share_of(seconds, 0.5);
        line.p99_seconds = share_of(seconds, 0.99);
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace leadcrm::platform_admin
