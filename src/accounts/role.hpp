// The roles of an organization and what each may do. One place: routes name a right, sessions carry
// the rights of their role, and leads ask how far its sight goes.
#pragma once

#include "platform/http/right.hpp"

#include <boost/describe.hpp>

namespace leadcrm::accounts {

BOOST_DEFINE_ENUM_CLASS(Role, owner, team_lead, agent)

// Whose leads an agent sees: one's own; those that nobody has too; those of one's teams as well.
BOOST_DEFINE_ENUM_CLASS(AgentSees, own, own_and_unassigned, team)

// What an owner lets an agent do. Team leads and owners may all of it.
struct Permissions {
    AgentSees sees = AgentSees::own_and_unassigned;
    bool may_export = true;
    // Phone and e-mail of leads that nobody has; else only of those that somebody took.
    bool sees_unassigned_contacts = true;
    bool may_delete = false;
};
BOOST_DESCRIBE_STRUCT(Permissions, (), (sees, may_export, sees_unassigned_contacts, may_delete))

// What a membership says.
struct MemberRights : Permissions {
    Role role = Role::agent;
};
BOOST_DESCRIBE_STRUCT(MemberRights, (Permissions), (role))

constexpr http::Rights rights_of(Role role, const Permissions& may = {})
{
    using http::Right;
    const auto agent = http::Rights()
                           .with(Right::signed_in)
                           .with(Right::own_account)
                           .with(Right::read_leads)
                           .with(Right::write_leads);
    const auto team_lead = agent.with(Right::export_leads)
                               .with(Right::delete_leads)
                               .with(Right::assign_leads)
                               .with(Right::read_reports)
                               .with(Right::read_sources);
    switch (role) {
    case Role::agent: {
        const auto exports = may.may_export ? agent.with(Right::export_leads) : agent;
        return may.may_delete ? exports.with(Right::delete_leads) : exports;
    }
    case Role::team_lead:
        return team_lead;
    case Role::owner:
        return team_lead.with(Right::write_sources)
            .with(Right::manage_people)
            .with(Right::manage_organization)
            .with(Right::own_data);
    }
    return {};
}

// What a session takes away from a role.
struct SessionBounds {
    bool is_suspended = false;  // the organization, by the operator
    bool lacks_second_factor = false;  // which the organization asks for
    bool is_bound = false;
};

// Members of a suspended organization may only be told so, but its owners still take their data out
// and delete it; whoever has to set up a second factor may do that alone. So `signed_in` and
// `own_account` are asked for only by what concerns oneself, or everybody in the organization. A
// bound session leaves the account itself alone: it may be used in other organizations, for which
// whoever vouched here has no say.
constexpr http::Rights rights_in(const SessionBounds& bounds, const MemberRights& member)
{
    using http::Right;
    const auto account = http::Rights().with(Right::signed_in).with(Right::own_account);
    auto rights = rights_of(member.role, member);
    if (bounds.is_suspended)
        rights = member.role == Role::owner
            ? account.with(Right::export_leads).with(Right::own_data)
            : account;
    if (bounds.lacks_second_factor) rights = account;
    return bounds.is_bound ? rights.without(Right::own_account) : rights;
}

// Of whoever operates the service, who always has a second factor: none in any organization.
constexpr http::Rights rights_on_platform(bool lacks_second_factor)
{
    const auto account = http::Rights().with(http::Right::signed_in).with(http::Right::own_account);
    return lacks_second_factor ? account : account.with(http::Right::operate_platform);
}

// What an owner has for reading. Nothing is changed and nothing leaves: http::Dispatcher sees to
// it.
constexpr http::Rights rights_of_support()
{
    using http::Right;
    return http::Rights()
        .with(Right::signed_in)
        .with(Right::read_leads)
        .with(Right::read_reports)
        .with(Right::read_sources)
        .with(Right::manage_people)
        .with(Right::manage_organization);
}

}  // namespace leadcrm::accounts
