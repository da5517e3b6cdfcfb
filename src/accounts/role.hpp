// The roles of an organization and what each may do. One place: routes name a right, sessions carry
// the rights of their role, and leads ask how far its sight goes.
#pragma once

#include "platform/http/right.hpp"

#include <boost/describe.hpp>

namespace leadcrm::accounts {

BOOST_DEFINE_ENUM_CLASS(Role, owner, team_lead, agent)

constexpr http::Rights rights_of(Role role)
{
    using http::Right;
    const auto agent =
        http::Rights().with(Right::signed_in).with(Right::read_leads).with(Right::write_leads);
    const auto team_lead = agent.with(Right::read_reports).with(Right::read_sources);
    switch (role) {
    case Role::agent:
        return agent;
    case Role::team_lead:
        return team_lead;
    case Role::owner:
        return team_lead.with(Right::write_sources)
            .with(Right::manage_people)
            .with(Right::manage_organization);
    }
    return {};
}

// Members of an organization that the operator has suspended, and whoever still has to set up the
// second factor it asks for, may only be told so. So `signed_in` alone is asked for only by what
// concerns nobody but oneself.
constexpr http::Rights rights_in(bool is_held_back, Role role)
{
    return is_held_back ? http::Rights().with(http::Right::signed_in) : rights_of(role);
}

// Until there are teams, a team lead sees what the owner sees.
constexpr http::Sight sight_of(Role role)
{
    return role == Role::agent ? http::Sight::own_and_unassigned : http::Sight::all;
}

}  // namespace leadcrm::accounts
