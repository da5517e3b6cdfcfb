// Jobs that failed for good, as the operator sees them: without what they were about, and with
// addresses of people left out of what went wrong.
#pragma once

#include "platform/jobs/jobs.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace leadcrm::platform_admin {

struct DeadLetter {
    jobs::JobId id;
    std::string kind;
    std::optional<OrganizationId> organization_id;
    std::int64_t failures = 0;
    Instant died_at;
    std::string trouble;
};
BOOST_DESCRIBE_STRUCT(DeadLetter, (), (id, kind, organization_id, failures, died_at, trouble))

// The newest order first, beginning behind `after`.
std::vector<DeadLetter> list_dead_letters(
    const db::PlatformReader& db, const std::optional<jobs::JobId>& after, int limit);
std::vector<DeadLetter> all_dead_letters(const db::PlatformReader& db);

}  // namespace leadcrm::platform_admin
