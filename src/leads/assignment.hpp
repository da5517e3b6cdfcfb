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

// For those who see everybody's leads. Each lead's history says so. Throws Failure: forbidden for
// others; invalid for a wrong number of leads, or an owner who is no member.
AssignedCount assign(db::Tx& tx, const http::Caller& caller, const AssignLeads& ask);

// The lead becomes the caller's if nobody has it: of two who take it at once one gets it. Throws
// Failure: not_found; conflict when somebody else has it by now.
ShownRow take(db::Tx& tx, const http::Caller& caller, const LeadId& id);

}  // namespace leadcrm::leads
