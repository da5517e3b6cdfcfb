// The people of an organization, as its owner sees them.
#pragma once

#include "accounts/role.hpp"
#include "platform/db/session.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace leadcrm::people {

struct Member {
    UserId id;
    std::string name;
    std::string email;
    bool is_email_confirmed = false;
    accounts::Role role = accounts::Role::agent;
    Instant joined_at;
    std::optional<Instant> seen_at;  // in a session that is still open
};
BOOST_DESCRIBE_STRUCT(Member, (), (id, name, email, is_email_confirmed, role, joined_at, seen_at))

// By name.
std::vector<Member> list_members(const db::PlatformReader& db, const OrganizationId& organization);

}  // namespace leadcrm::people
