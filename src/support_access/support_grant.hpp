// Support access: an owner lets the operator's people look into the organization for a while. They
// see what an owner sees and change nothing (http::Dispatcher), everybody in the organization is
// told, and its audit log says what they opened. Asking for it: support_request.hpp. Looking
// itself: support_visit.hpp. Over HTTP: support_access_api.hpp.
#pragma once

#include "accounts/account.hpp"
#include "platform/db/database.hpp"
#include "platform/http/right.hpp"
#include "platform/jobs/jobs.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>

namespace leadcrm::support_access {

using accounts::SupportGrantId;

BOOST_DEFINE_ENUM_CLASS(SupportLength, hour, four_hours, day, three_days)

struct SupportGrant {
    SupportGrantId id;
    UserId granted_by;
    Instant granted_at;
    Instant expires_at;
    std::string reason;  // what support is to look at
    std::optional<Instant> ended_at;
    std::optional<Instant> opened_at;  // when support looked for the first time
};
BOOST_DESCRIBE_STRUCT(
    SupportGrant, (), (id, granted_by, granted_at, expires_at, reason, ended_at, opened_at))

// Suspended or being deleted: nobody looks, and nobody is asked to let them.
bool is_closed(const db::Reader& db);

// The one that support may look by. Asked for each request, so it holds to the second.
std::optional<SupportGrant> live_grant(const db::Reader& db, Instant now = Instant::now());

// Answers a request, if one is open. Throws Failure::conflict while one is live.
SupportGrant grant(db::Tx& tx, const http::Caller& owner, SupportLength length,
    const std::string& reason, Instant now = Instant::now());

// Whoever looks is out at once. Throws Failure::not_found when none is live.
void end(db::Tx& tx, Instant now = Instant::now());

// The job that ends a grant when its hour has come: for the audit log and open screens; support was
// out anyway.
void handle_ends(jobs::Workers& workers, db::Database& database);

}  // namespace leadcrm::support_access
