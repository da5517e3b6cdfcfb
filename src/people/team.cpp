#include "people/team.hpp"

#include "accounts/role.hpp"
#include "events/change.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace leadcrm::people {
namespace {

struct TeamName {
    TeamId id;
    std::string name;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(TeamName, (), (id, name, version))

struct Belonging {
    TeamId team_id;
    UserId user_id;
    bool is_lead = false;
};
BOOST_DESCRIBE_STRUCT(Belonging, (), (team_id, user_id, is_lead))

struct Named {
    UserId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Named, (), (id, name))

struct RoleOf {
    UserId user_id;
    accounts::Role role = accounts::Role::agent;
};
BOOST_DESCRIBE_STRUCT(RoleOf, (), (user_id, role))

std::map<UserId, std::string> names_of(const db::Reader& db, const std::set<UserId>& ids)
{
    if (ids.empty()) return {};
    db::Sql sql("SELECT {columns} FROM users WHERE TRUE");
    sql.add_in("id", ids);
    std::map<UserId, std::string> names;
    for (auto& each : db.rows<Named>(sql)) names[each.id] = std::move(each.name);
    return names;
}

// What is wrong with the people of a team, one line for each.
void check_people(
    const db::Reader& db, const std::vector<UserId>& leads, const std::vector<UserId>& members)
{
    std::map<UserId, accounts::Role> roles;
    for (const auto& each :
        db.rows<RoleOf>("SELECT {columns} FROM memberships WHERE organization_id = $1"))
        roles[each.user_id] = each.role;
    std::vector<FieldError> wrong;
    const auto check = [&](const char* field, const std::vector<UserId>& people, bool as_leads) {
        for (std::size_t i = 0; i < people.size(); ++i) {
            const auto name = std::string(field) + "[" + std::to_string(i) + "]";
            const auto found = roles.find(people[i]);
            if (found == roles.end())
                wrong.push_back({name, "unknown", "Please choose somebody who is a member."});
            else if (as_leads && found->second == accounts::Role::agent)
                wrong.push_back({name, "role",
                    "A team is led by a team lead. Give this person that role first."});
        }
        if (people.size() > people_in_team_max)
            wrong.push_back({field, "count", "A team has at most 200 people."});
    };
    check("leads", leads, true);
    check("members", members, false);
    if (!wrong.empty()) throw Failure::invalid(std::move(wrong));
}

void check_name(const db::Reader& db, const std::string& name, const std::optional<TeamId>& own)
{
    const auto teams = db.rows<TeamName>("SELECT {columns} FROM teams WHERE organization_id = $1");
    for (const auto& team : teams)
        if (team.name == name && team.id != own)
            throw Failure::invalid("name", "taken", "There is a team of this name already.");
    if (!own && teams.size() >= teams_max)
        throw Failure::invalid("name", "count", "An organization has at most 200 teams.");
}

void set_people(db::Tx& tx, const TeamId& team, const std::vector<UserId>& leads,
    const std::vector<UserId>& members)
{
    tx.run("DELETE FROM team_members WHERE organization_id = $1 AND team_id = $2", team);
    std::map<UserId, bool> all;
    for (const auto& id : members) all[id] = false;
    for (const auto& id : leads) all[id] = true;
    for (const auto& [id, is_lead] : all)
        tx.run("INSERT INTO team_members (organization_id, team_id, user_id, is_lead)"
               " VALUES ($1, $2, $3, $4)",
            team, id, is_lead);
}

void tell(db::Tx& tx)
{
    events::tell_change(tx, events::Topic::people);
    events::tell_sight_changed(tx);
}

Team find_team(const db::Reader& db, const TeamId& id)
{
    const auto teams = list_teams(db);
    const auto found = std::ranges::find(teams, id, &Team::id);
    if (found == teams.end()) throw Failure::not_found("This team is not there any more.");
    return *found;
}

}  // namespace

std::vector<Team> list_teams(const db::Reader& db)
{
    const auto teams = db.rows<TeamName>(
        "SELECT {columns} FROM teams WHERE organization_id = $1 ORDER BY name, id");
    const auto belongings =
        db.rows<Belonging>("SELECT {columns} FROM team_members WHERE organization_id = $1");
    std::set<UserId> ids;
    for (const auto& each : belongings) ids.insert(each.user_id);
    const auto names = names_of(db, ids);

    std::vector<Team> found;
    for (const auto& team : teams) {
        auto& made = found.emplace_back(Team{team.id, team.name, {}, team.version});
        for (const auto& each : belongings) {
            const auto name = names.find(each.user_id);
            if (each.team_id == team.id && name != names.end())
                made.members.push_back({each.user_id, name->second, each.is_lead});
        }
        std::ranges::sort(made.members, {}, [](const TeamMember& member) {
            return std::tuple(!member.is_lead, member.name, member.id);
        });
    }
    return found;
}

Team add_team(db::Tx& tx, const NewTeam& ask)
{
    check_name(tx, ask.name.value, std::nullopt);
    check_people(tx, ask.leads, ask.members);
    const auto id = TeamId::make();
    tx.run("INSERT INTO teams (organization_id, id, name, created_at) VALUES ($1, $2, $3, $4)", id,
        ask.name.value, Instant::now());
    set_people(tx, id, ask.leads, ask.members);
    tell(tx);
    return find_team(tx, id);
}

Team change_team(db::Tx& tx, const TeamChange& ask)
{
    const auto team = find_team(tx, ask.id);
    if (ask.if_match && ask.if_match->version != team.version)
        throw Failure::stale("Somebody changed this team in the meantime. Look at it again, then "
                             "repeat your change.");
    check_name(tx, ask.name.value, ask.id);
    check_people(tx, ask.leads, ask.members);
    tx.run("UPDATE teams SET name = $3, version = version + 1"
           " WHERE organization_id = $1 AND id = $2",
        ask.id, ask.name.value);
    set_people(tx, ask.id, ask.leads, ask.members);
    tell(tx);
    return find_team(tx, ask.id);
}

void remove_team(db::Tx& tx, const TeamId& id)
{
    find_team(tx, id);
    tx.run("DELETE FROM team_members WHERE organization_id = $1 AND team_id = $2", id);
    tx.run("DELETE FROM teams WHERE organization_id = $1 AND id = $2", id);
    tell(tx);
}

void leave_teams(db::Tx& tx, const UserId& user)
{
    tx.run("UPDATE teams SET version = version + 1 WHERE organization_id = $1 AND id IN"
           " (SELECT team_id FROM team_members WHERE organization_id = $1 AND user_id = $2)",
        user);
    tx.run("DELETE FROM team_members WHERE organization_id = $1 AND user_id = $2", user);
    events::tell_sight_changed(tx);
}

void lead_no_team(db::Tx& tx, const UserId& user)
{
    tx.run("UPDATE team_members SET is_lead = FALSE WHERE organization_id = $1 AND user_id = $2",
        user);
}

}  // namespace leadcrm::people
