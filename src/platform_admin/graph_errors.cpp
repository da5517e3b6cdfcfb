#include "platform_admin/graph_errors.hpp"

#include <algorithm>
#include <chrono>

namespace leadcrm::platform_admin {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t hour_us = 3'600'000'000;
constexpr auto shown = 7 * 24h;

struct CountRow {
    OrganizationId organization_id;
    std::string name;
    Instant hour;
    std::int64_t calls = 0;
    std::int64_t errors = 0;
};
BOOST_DESCRIBE_STRUCT(CountRow, (), (organization_id, name, hour, calls, errors))

constexpr auto hours_sql = R"sql(
    SELECT g.organization_id, o.name, g.hour, sum(g.calls) AS calls,
        sum(CASE WHEN g.outcome = 'good' THEN 0 ELSE g.calls END) AS errors
    FROM graph_hours AS g JOIN organizations AS o ON o.id = g.organization_id
    WHERE g.hour >= $1
    GROUP BY g.organization_id, o.name, g.hour
    ORDER BY g.organization_id, g.hour
)sql";

Instant hour_of(Instant at) { return {at.us - at.us % hour_us}; }

std::vector<GraphErrorLine> lines_of(const std::vector<CountRow>& rows)
{
    std::vector<GraphErrorLine> lines;
    for (const auto& row : rows) {
        if (lines.empty() || lines.back().organization_id != row.organization_id)
            lines.push_back({.organization_id = row.organization_id, .organization = row.name});
        auto& line = lines.back();
        line.calls += row.calls;
        line.errors += row.errors;
        line.hours.push_back({row.hour, row.calls, row.errors});
    }
    return lines;
}

}  // namespace

GraphErrors list_graph_errors(const db::PlatformReader& db, Instant now)
{
    GraphErrors found{.last_hour = hour_of(now)};
    found.first_hour = found.last_hour - (shown - 1h);
    auto& lines = found.organizations;
    lines = lines_of(db.rows<CountRow>(hours_sql, found.first_hour));
    std::erase_if(lines, [](const GraphErrorLine& line) { return line.errors == 0; });
    std::ranges::stable_sort(lines, std::ranges::greater(), &GraphErrorLine::errors);
    if (lines.size() > graph_error_lines_max) lines.resize(graph_error_lines_max);
    return found;
}

std::map<OrganizationId, double> graph_error_shares(const db::PlatformReader& db, Instant now)
{
    std::map<OrganizationId, double> shares;
    for (const auto& line : lines_of(db.rows<CountRow>(hours_sql, hour_of(now) - 23h)))
        if (line.calls > 0) shares[line.organization_id] = double(line.errors) / double(line.calls);
    return shares;
}

}  // namespace leadcrm::platform_admin
