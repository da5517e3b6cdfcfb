// The people of an organization: who they are, what they may do, and their going and coming back.
// How they come in: invitation.hpp.
//
// Whoever is given another role or is deactivated is signed out of the organization at once, so
// that nothing open on a screen goes on with the rights of before. An organization always has an
// owner.
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
    accounts::AgentSees sees =
        accounts::AgentSees::own_and_unassigned;  // means something for agents
    bool may_export = true;
    bool sees_unassigned_contacts = true;
    bool may_delete = false;
    Instant joined_at;
    std::optional<Instant> seen_at;  // in a session that is still open
    std::optional<Instant> paused_at;  // takes no new leads since then: availability.hpp
    std::optional<Instant> left_at;  // deactivated since then
};
BOOST_DESCRIBE_STRUCT(Member, (),
    (id, name, email, is_email_confirmed, role, sees, may_export, sees_unassigned_contacts,
        may_delete, joined_at, seen_at, paused_at, left_at))

struct RoleChange {
    UserId id;
    accounts::Role role = accounts::Role::agent;
};
BOOST_DESCRIBE_STRUCT(RoleChange, (), (id, role))

// What is left out stays: two owners who change different things at once do not undo each other.
struct PermissionChange {
    UserId id;
    std::optional<accounts::AgentSees> sees;
    std::optional<bool> may_export;
    std::optional<bool> sees_unassigned_contacts;
    std::optional<bool> may_delete;
};
BOOST_DESCRIBE_STRUCT(
    PermissionChange, (), (id, sees, may_export, sees_unassigned_contacts, may_delete))

struct Deactivation {
    UserId id;
    std::optional<UserId> hand_over_to;
};
BOOST_DESCRIBE_STRUCT(Deactivation, (), (id, hand_over_to))

// By name, those who left behind the others.
std::vector<Member> list_members(const db::PlatformReader& db, const OrganizationId& organization);

// Throws Failure::not_found.
accounts::Role role_of_member(
    const db::PlatformReader& db, const OrganizationId& organization, const UserId& user);

// The three throw Failure: not_found when the person is no (former) member; conflict when nobody
// would be owner any more.
void change_role(db::PlatformTx& tx, const OrganizationId& organization, const RoleChange& ask);
// Of a member; kept also for a role that does not need it. Throws Failure::not_found.
void change_permissions(
    db::PlatformTx& tx, const OrganizationId& organization, const PermissionChange& ask);
// Open leads go to `hand_over_to`, a member (else Failure::invalid), or to nobody. Throws
// Failure::conflict for `by` themselves.
void deactivate(db::PlatformTx& tx, const OrganizationId& organization, const UserId& by,
    const Deactivation& ask);
// With the role of before.
void reactivate(db::PlatformTx& tx, const OrganizationId& organization, const UserId& user);

}  // namespace leadcrm::people
