// The teams of an organization. Who leads one sees and hands out the leads of the people in it; an
// agent sees those of the others in it when an owner lets them (accounts::Permissions).
#pragma once

#include "platform/db/session.hpp"
#include "platform/fields.hpp"
#include "platform/http/ask.hpp"
#include "platform/line.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace leadcrm::people {

using TeamId = Id<"team">;

constexpr std::size_t teams_max = 200;
constexpr std::size_t people_in_team_max = 200;

struct TeamMember {
    UserId id;
    std::string name;
    bool is_lead = false;
};
BOOST_DESCRIBE_STRUCT(TeamMember, (), (id, name, is_lead))

struct Team {
    TeamId id;
    std::string name;
    std::vector<TeamMember> members;  // leads first, then by name
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Team, (), (id, name, members, version))

// Whoever is in both lists leads it.
struct NewTeam {
    Line<1, 80> name;
    std::vector<UserId> leads;
    std::vector<UserId> members;
};
BOOST_DESCRIBE_STRUCT(NewTeam, (), (name, leads, members))

struct TeamChange {
    TeamId id;
    Line<1, 80> name;
    std::vector<UserId> leads;
    std::vector<UserId> members;
    std::optional<http::IfMatch> if_match;
};
BOOST_DESCRIBE_STRUCT(TeamChange, (), (id, name, leads, members, if_match))

// By name.
std::vector<Team> list_teams(const db::Reader& db);

// Both throw Failure::invalid for a name that another team has, for somebody who is no member, and
// for a lead who is an agent; the second not_found, and stale when it is no longer the version the
// change is based on.
Team add_team(db::Tx& tx, const NewTeam& ask);
Team change_team(db::Tx& tx, const TeamChange& ask);
// Its people stay. Throws Failure::not_found.
void remove_team(db::Tx& tx, const TeamId& id);

// A person who is deactivated is in no team any more; who becomes an agent leads none.
void leave_teams(db::Tx& tx, const UserId& user);
void lead_no_team(db::Tx& tx, const UserId& user);

}  // namespace leadcrm::people
