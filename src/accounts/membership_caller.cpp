#include "accounts/membership_caller.hpp"

namespace leadcrm::accounts {
namespace {

// Those who are in a team with the user; with `as_lead`, in a team that the user leads.
std::vector<UserId> colleagues_of(const db::Reader& db, const UserId& user, bool as_lead)
{
    db::Sql sql(R"sql(
        SELECT DISTINCT c.user_id FROM team_members AS mine
        JOIN team_members AS c ON c.organization_id = $1 AND c.team_id = mine.team_id
        WHERE mine.organization_id = $1 AND mine.user_id = $2 AND c.user_id <> $2
    )sql",
        user);
    if (as_lead) sql.add(" AND mine.is_lead");
    sql.add(" ORDER BY c.user_id");
    return db.rows<UserId>(sql);
}

bool leads_a_team(const db::Reader& db, const UserId& user)
{
    return db
        .row<UserId>("SELECT user_id FROM team_members"
                     " WHERE organization_id = $1 AND user_id = $2 AND is_lead LIMIT 1",
            user)
        .has_value();
}

bool has_teams(const db::Reader& db)
{
    return db.row<Uuid>("SELECT id FROM teams WHERE organization_id = $1 LIMIT 1").has_value();
}

http::Sight sight_of(const db::Reader& db, const UserId& user, const MemberRights& rights)
{
    switch (rights.role) {
    case Role::owner:
        return http::Sight::all;
    case Role::team_lead:
        if (leads_a_team(db, user)) return http::Sight::team;
        return has_teams(db) ? http::Sight::own_and_unassigned : http::Sight::all;
    case Role::agent:
        break;
    }
    switch (rights.sees) {
    case AgentSees::own:
        return http::Sight::own;
    case AgentSees::own_and_unassigned:
        return http::Sight::own_and_unassigned;
    case AgentSees::team:
        break;
    }
    return http::Sight::team;
}

}  // namespace

http::Caller caller_of(const db::Reader& db, const UserId& user, const MemberRights& rights,
    const SessionBounds& bounds)
{
    http::Caller caller{user, db.organization_id(),
        boost::describe::enum_to_string(rights.role, ""), rights_in(bounds, rights)};
    if (!caller.rights.has(http::Right::read_leads)) return caller;
    caller.sight = sight_of(db, user, rights);
    caller.sees_unassigned_contacts = rights.role != Role::agent || rights.sees_unassigned_contacts;
    if (caller.sight == http::Sight::team)
        caller.team = colleagues_of(db, user, rights.role == Role::team_lead);
    return caller;
}

std::optional<MemberRights> rights_of_member(const db::Reader& db, const UserId& user)
{
    return db.row<MemberRights>("SELECT {columns} FROM memberships"
                                " WHERE organization_id = $1 AND user_id = $2",
        user);
}

std::optional<http::Caller> find_caller(const db::Reader& db, const UserId& user)
{
    const auto rights = rights_of_member(db, user);
    if (!rights) return std::nullopt;
    return caller_of(db, user, *rights);
}

}  // namespace leadcrm::accounts
