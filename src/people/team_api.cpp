#include "people/team_api.hpp"

#include "people/member.hpp"
#include "people/team.hpp"

namespace leadcrm::people {

struct OneTeam {
    TeamId id;
};
BOOST_DESCRIBE_STRUCT(OneTeam, (), (id))

void add_team_routes(http::Routes& api)
{
    using http::Caller;
    using http::Nothing;
    using http::Right;
    api.read("GET", "/api/v1/teams",
        [](const db::Reader& db, const Caller&, const Nothing&) {
            return http::Page<Team>{list_teams(db), std::nullopt};
        },
        {.summary = "List the teams and who is in them",
            .right = Right::manage_people,
            .for_support = true});
    api.write("POST", "/api/v1/teams",
        [](db::Tx& tx, const Caller&, const NewTeam& ask) { return add_team(tx, ask); },
        {"Make a team", Right::manage_people,
            "Who leads it, team leads or owners, sees the leads of everybody in it.", 201});
    api.write("PUT", "/api/v1/teams/{id}",
        [](db::Tx& tx, const Caller&, const TeamChange& ask) { return change_team(tx, ask); },
        {"Change a team's name and people", Right::manage_people,
            "Both lists are the whole of them, so If-Match names the `version` they are based on: the "
            "change is refused when another one came in between. What people see changes at once, also on open "
            "screens."});
    api.write("DELETE", "/api/v1/teams/{id}",
        [](db::Tx& tx, const Caller&, const OneTeam& ask) {
            remove_team(tx, ask.id);
            return Nothing();
        },
        {"Remove a team", Right::manage_people, "Its people and their leads stay.", 204});
    api.write("PUT", "/api/v1/members/{id}/permissions",
        [](db::PlatformTx& tx, const Caller& caller, const PermissionChange& ask) {
            change_permissions(tx, caller.organization_id, ask);
            return Nothing();
        },
        {"Say what an agent sees and may do", Right::manage_people,
            "What is left out stays as it is. `sees`: own leads; those that nobody has too; those of one's teams as well. Without "
            "`sees_unassigned_contacts`, leads that nobody has are told with `contact_hidden`. Takes "
            "effect at once. Owners and team leads see and may what their role says.",
            204});
}

}  // namespace leadcrm::people
