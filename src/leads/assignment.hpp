// Giving leads to people by hand: one or many, and taking one that nobody has.
#pragma once

#include "leads/lead.hpp"
#include "platform/db/session.hpp"
#include "platform/http/right.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <vector>

namespace leadcrm::leads {

constexpr std::size_t assigned_max = 200;  // in one request

struct AssignLeads {
    std::vector<LeadId> ids;
    std::optional<UserId> owner_id;  // nobody: the leads wait unassigned
};
BOOST_DESCRIBE_STRUCT(AssignLeads, (), (ids, owner_id))

struct AssignedCount {
    std::int64_t changed = 0;  // others had this owner already, or are not in sight
};
BOOST_DESCRIBE_STRUCT(AssignedCount, (), (changed))

// Somebody leads may be given to.
struct Assignee {
    UserId id;
    std::string name;
    std::optional<Instant> paused_at;  // takes no new leads since then
};
BOOST_DESCRIBE_STRUCT(Assignee, (), (id, name, paused_at))

// To whom the caller may give leads, by name: whoever sees everybody's leads to every member,
// others to their team and themselves.
std::vector<Assignee> list_assignees(const db::Reader& db, const http::Caller& caller);

// Those of the leads that the caller sees. Each lead's history says so. Throws Failure::invalid for
// a wrong number of leads, or an owner who is no assignee.
AssignedCount assign(db::Tx& tx, const http::Caller& caller, const AssignLeads& ask);

// The lead becomes the caller's if nobody has it: of two who take it at once one gets it. Throws
// Failure: not_found for a lead that is not in sight (any more); conflict when somebody has it.
ShownRow take(db::Tx& tx, const http::Caller& caller, const LeadId& id);

}  // namespace leadcrm::leads
