// What the operator of the service sees of its organizations: who there is, how much, and what does
// not work. Never a lead: names are those of organizations and pages, everything else is counted.
// Tenant tables are asked organization by organization, since nothing may look across them.
#pragma once

#include "platform/db/database.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::platform_admin {

struct OrganizationLine {
    OrganizationId id;
    std::string name;
    std::string state;  // "active", "suspended"
    std::optional<std::string> plan;
    std::optional<std::string> asks_for;  // the plan its owner would rather have
    std::int64_t members = 0;
    std::optional<std::int64_t> seats;  // of the plan; nothing: without limit
    std::int64_t pages = 0;  // connected
    std::int64_t failing_pages = 0;
    std::int64_t leads_30_days = 0;  // counted up to leads_counted_max
    std::optional<Instant> last_lead_at;
    std::optional<double> lag_p99_seconds;  // of leads of the last day
    std::optional<double> graph_error_share;  // of the last day's calls to Meta, from 0 to 1
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(OrganizationLine, (),
    (id, name, state, plan, asks_for, members, seats, pages, failing_pages, leads_30_days,
        last_lead_at, lag_p99_seconds, graph_error_share, created_at))

constexpr std::int64_t leads_counted_max = 100'000;

struct OrganizationsAsked {
    std::string name;  // a part of it, whatever its case; empty: all
    std::optional<OrganizationId> after;  // the last one seen
    std::size_t limit = static_cast<std::size_t>(-1);
};

// Oldest first.
std::vector<OrganizationLine> list_organizations(
    const db::PlatformReader& db, Instant now, const OrganizationsAsked& asked = {});
std::optional<OrganizationLine> find_organization(
    const db::PlatformReader& db, const OrganizationId& id, Instant now);

struct FailingPage {
    OrganizationId organization_id;
    std::string organization;
    std::string page_id;
    std::string page;
    std::string code;
    Instant since;
    std::string message;
};
BOOST_DESCRIBE_STRUCT(
    FailingPage, (), (organization_id, organization, page_id, page, code, since, message))

std::vector<FailingPage> list_failing_pages(const db::PlatformReader& db);
std::vector<FailingPage> failing_pages_of(
    const db::PlatformReader& db, const OrganizationId& id, const std::string& name);

// Work that waits, by kind: jobs, and deliveries of Meta that are not sorted yet.
struct QueueLine {
    std::string kind;
    std::string state;
    std::int64_t count = 0;
    std::optional<Instant> oldest;  // was, or will be, due
};
BOOST_DESCRIBE_STRUCT(QueueLine, (), (kind, state, count, oldest))

std::vector<QueueLine> list_queue(const db::PlatformReader& db);

// How long leads that a webhook told of took, from its arrival until they were stored: the newest
// thousand of each page within the last day.
struct LagLine {
    OrganizationId organization_id;
    std::string organization;
    std::int64_t leads = 0;
    std::int64_t open = 0;  // told of, not stored yet; counted up to a thousand a page
    std::optional<double> p50_seconds;
    std::optional<double> p99_seconds;
};
BOOST_DESCRIBE_STRUCT(
    LagLine, (), (organization_id, organization, leads, open, p50_seconds, p99_seconds))

std::vector<LagLine> list_lags(const db::PlatformReader& db, Instant now);

}  // namespace leadcrm::platform_admin
