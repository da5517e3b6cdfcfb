#include "people/member.hpp"

#include "events/change.hpp"
#include "leads/hand_over.hpp"
#include "people/team.hpp"
#include "platform_admin/plan.hpp"

#include <algorithm>

namespace leadcrm::people {
namespace {

using accounts::Role;

std::optional<Role> role_of(
    const db::PlatformReader& db, const OrganizationId& organization, const UserId& user)
{
    return db.row<Role>("SELECT role FROM memberships WHERE organization_id = $1 AND user_id = $2",
        organization, user);
}

// After the change, so that two owners who give up at once cannot both succeed: write transactions
// that meet here are done one after another.
void need_owner(const db::PlatformReader& db, const OrganizationId& organization)
{
    const auto owners = db.one<std::int64_t>(
        "SELECT COUNT(*) FROM memberships WHERE organization_id = $1 AND role = 'owner'",
        organization);
    if (owners == 0)
        throw Failure::conflict("This is the only owner. Make somebody else an owner first.");
}

void end_sessions(db::PlatformTx& tx, const OrganizationId& organization, const UserId& user)
{
    tx.run("DELETE FROM sessions WHERE user_id = $1 AND organization_id = $2", user, organization);
    auto inside = tx.in_organization(organization);
    events::tell_person_changed(inside, user);
}

void tell(db::PlatformTx& tx, const OrganizationId& organization)
{
    auto inside = tx.in_organization(organization);
    events::tell_change(inside, events::Topic::people);
}

}  // namespace

std::vector<Member> list_members(const db::PlatformReader& db, const OrganizationId& organization)
{
    auto members = db.rows<Member>(R"sql(
        SELECT u.id, u.name, u.email, u.email_confirmed_at IS NOT NULL AS is_email_confirmed,
            m.role, m.sees, m.may_export, m.sees_unassigned_contacts, m.may_delete,
            m.created_at AS joined_at,
            (SELECT MAX(s.seen_at) FROM sessions s
             WHERE s.user_id = m.user_id AND s.organization_id = m.organization_id) AS seen_at,
            m.paused_at, NULL AS left_at
        FROM memberships m JOIN users u ON u.id = m.user_id
        WHERE m.organization_id = $1
        ORDER BY u.name, u.id
    )sql",
        organization);
    auto former = db.rows<Member>(R"sql(
        SELECT u.id, u.name, u.email, u.email_confirmed_at IS NOT NULL AS is_email_confirmed,
            m.role, m.sees, m.may_export, m.sees_unassigned_contacts, m.may_delete,
            m.created_at AS joined_at,
            NULL AS seen_at, NULL AS paused_at, m.left_at
        FROM former_members m JOIN users u ON u.id = m.user_id
        WHERE m.organization_id = $1
        ORDER BY u.name, u.id
    )sql",
        organization);
    std::move(former.begin(), former.end(), std::back_inserter(members));
    return members;
}

Role role_of_member(
    const db::PlatformReader& db, const OrganizationId& organization, const UserId& user)
{
    const auto role = role_of(db, organization, user);
    if (!role) throw Failure::not_found("This person is no member any more.");
    return *role;
}

void change_role(db::PlatformTx& tx, const OrganizationId& organization, const RoleChange& ask)
{
    if (role_of_member(tx, organization, ask.id) == ask.role) return;
    tx.run("UPDATE memberships SET role = $3 WHERE organization_id = $1 AND user_id = $2",
        organization, ask.id, ask.role);
    need_owner(tx, organization);
    end_sessions(tx, organization, ask.id);
    auto inside = tx.in_organization(organization);
    if (ask.role == Role::agent) lead_no_team(inside, ask.id);
    events::tell_change(inside, events::Topic::people);
}

void change_permissions(
    db::PlatformTx& tx, const OrganizationId& organization, const PermissionChange& ask)
{
    const auto may = tx.row<accounts::Permissions>(
        "SELECT {columns} FROM memberships WHERE organization_id = $1 AND user_id = $2",
        organization, ask.id);
    if (!may) throw Failure::not_found("This person is no member any more.");
    tx.run("UPDATE memberships SET sees = $3, may_export = $4, sees_unassigned_contacts = $5,"
           " may_delete = $6 WHERE organization_id = $1 AND user_id = $2",
        organization, ask.id, ask.sees.value_or(may->sees),
        ask.may_export.value_or(may->may_export),
        ask.sees_unassigned_contacts.value_or(may->sees_unassigned_contacts),
        ask.may_delete.value_or(may->may_delete));
    auto inside = tx.in_organization(organization);
    events::tell_change(inside, events::Topic::people);
    events::tell_sight_changed(inside);
}

void deactivate(db::PlatformTx& tx, const OrganizationId& organization, const UserId& by,
    const Deactivation& ask)
{
    if (ask.id == by)
        throw Failure::conflict("You cannot deactivate yourself. Ask another owner to do it.");
    role_of_member(tx, organization, ask.id);
    if (ask.hand_over_to
        && (*ask.hand_over_to == ask.id || !role_of(tx, organization, *ask.hand_over_to)))
        throw Failure::invalid(
            "hand_over_to", "unknown", "Please choose somebody who stays a member.");
    tx.run(R"sql(
        INSERT INTO former_members (user_id, organization_id, role, sees, may_export,
            sees_unassigned_contacts, may_delete, created_at, left_at)
        SELECT user_id, organization_id, role, sees, may_export, sees_unassigned_contacts,
            may_delete, created_at, CAST($3 AS BIGINT)
        FROM memberships
        WHERE organization_id = $1 AND user_id = $2
        ON CONFLICT (user_id, organization_id) DO UPDATE
        SET role = EXCLUDED.role, sees = EXCLUDED.sees, may_export = EXCLUDED.may_export,
            sees_unassigned_contacts = EXCLUDED.sees_unassigned_contacts,
            may_delete = EXCLUDED.may_delete,
            created_at = EXCLUDED.created_at, left_at = EXCLUDED.left_at
    )sql",
        organization, ask.id, Instant::now());
    tx.run("DELETE FROM memberships WHERE organization_id = $1 AND user_id = $2", organization,
        ask.id);
    need_owner(tx, organization);
    end_sessions(tx, organization, ask.id);
    auto inside = tx.in_organization(organization);
    leave_teams(inside, ask.id);
    leads::order_hand_over(inside, ask.id, ask.hand_over_to, by);
    events::tell_change(inside, events::Topic::people);
}

void reactivate(db::PlatformTx& tx, const OrganizationId& organization, const UserId& user)
{
    platform_admin::need_seats(tx.in_organization(organization), 1);
    const auto back = tx.run(R"sql(
        INSERT INTO memberships (user_id, organization_id, role, sees, may_export,
            sees_unassigned_contacts, may_delete, created_at)
        SELECT user_id, organization_id, role, sees, may_export, sees_unassigned_contacts,
            may_delete, created_at
        FROM former_members
        WHERE organization_id = $1 AND user_id = $2
        ON CONFLICT (user_id, organization_id) DO NOTHING
    )sql",
        organization, user);
    if (back == 0) throw Failure::not_found("This person was never a member, or is one again.");
    tx.run("DELETE FROM former_members WHERE organization_id = $1 AND user_id = $2", organization,
        user);
    tell(tx, organization);
}

}  // namespace leadcrm::people
