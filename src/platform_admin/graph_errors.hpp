// How often Meta refused calls, by hour and organization: which organization, and since when. The
// counts come from meta/call_counts.hpp.
#pragma once

#include "platform/db/database.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace leadcrm::platform_admin {

struct GraphHour {
    Instant hour;  // when it began
    std::int64_t calls = 0;
    std::int64_t errors = 0;
};
BOOST_DESCRIBE_STRUCT(GraphHour, (), (hour, calls, errors))

struct GraphErrorLine {
    OrganizationId organization_id;
    std::string organization;
    std::int64_t calls = 0;
    std::int64_t errors = 0;
    std::vector<GraphHour> hours;  // in which there were calls; the oldest first
};
BOOST_DESCRIBE_STRUCT(GraphErrorLine, (), (organization_id, organization, calls, errors, hours))

struct GraphErrors {
    Instant first_hour;
    Instant last_hour;  // it is not over
    std::vector<GraphErrorLine> organizations;
};
BOOST_DESCRIBE_STRUCT(GraphErrors, (), (first_hour, last_hour, organizations))

constexpr std::size_t graph_error_lines_max = 50;

// Of the last seven days, organizations with errors only, the worst first.
GraphErrors list_graph_errors(const db::PlatformReader& db, Instant now);

// Errors among the calls of the last 24 hours, from 0 to 1; none for who made no call.
std::map<OrganizationId, double> graph_error_shares(const db::PlatformReader& db, Instant now);

}  // namespace leadcrm::platform_admin
