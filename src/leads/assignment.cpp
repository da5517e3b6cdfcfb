#include "leads/assignment.hpp"

#include "events/audience.hpp"
#include "events/log.hpp"
#include "leads/lead_store.hpp"

#include <algorithm>
#include <map>

namespace leadcrm::leads {
namespace {

struct LeadOfSomebody {
    LeadId id;
    std::optional<UserId> owner_id;
};
BOOST_DESCRIBE_STRUCT(LeadOfSomebody, (), (id, owner_id))

struct Presence {
    UserId user_id;
    std::optional<Instant> paused_at;
};
BOOST_DESCRIBE_STRUCT(Presence, (), (user_id, paused_at))

// `leads` with those who had them.
void announce_all(db::Tx& tx, const std::vector<LeadOfSomebody>& leads, const UserId& by,
    Instant at, const std::optional<Person>& owner)
{
    std::vector<events::LoggedEvent> log;
    for (const auto& lead : leads)
        log.push_back({0, "lead.assigned", lead.id, by, at,
            json::Raw{json::text_of(Assigned{owner, lead.owner_id})}});
    events::record(tx, log);
    tx.signal(events::signal_channel, tx.organization_id().text());
}

std::vector<LeadOfSomebody> find_to_change(
    const db::Reader& db, const http::Caller& caller, const AssignLeads& ask)
{
    db::Sql sql("SELECT {columns} FROM leads WHERE organization_id = $1");
    sql.add_in("id", ask.ids);
    if (ask.owner_id)
        sql.add(" AND (owner_id IS NULL OR owner_id <> $)", *ask.owner_id);
    else
        sql.add(" AND owner_id IS NOT NULL");
    events::add_sight(sql, caller);
    return db.rows<LeadOfSomebody>(sql);
}

}  // namespace

std::vector<Assignee> list_assignees(const db::Reader& db, const http::Caller& caller)
{
    std::map<UserId, std::optional<Instant>> pauses;
    std::vector<UserId> ids;
    for (const auto& member :
        db.rows<Presence>("SELECT {columns} FROM memberships WHERE organization_id = $1")) {
        const auto& id = member.user_id;
        if (caller.sight != http::Sight::all && id != caller.user_id
            && std::ranges::count(caller.team, id) == 0)
            continue;
        pauses[id] = member.paused_at;
        ids.push_back(id);
    }
    std::vector<Assignee> assignees;
    for (auto& person : store::list_people(db, ids))
        assignees.push_back({person.id, std::move(person.name), pauses[person.id]});
    std::ranges::sort(
        assignees, {}, [](const Assignee& each) { return std::pair(each.name, each.id); });
    return assignees;
}

AssignedCount assign(db::Tx& tx, const http::Caller& caller, const AssignLeads& ask)
{
    if (ask.ids.empty() || ask.ids.size() > assigned_max)
        throw Failure::invalid("ids", "count",
            "Please give at least one lead, and at most " + std::to_string(assigned_max) + ".");
    std::optional<Person> owner;
    if (ask.owner_id) {
        const auto assignees = list_assignees(tx, caller);
        const auto found = std::ranges::find(assignees, *ask.owner_id, &Assignee::id);
        if (found == assignees.end())
            throw Failure::invalid("owner_id", "unknown",
                caller.sight == http::Sight::all ? "Please choose somebody who is a member."
                                                 : "Please choose somebody of your team.");
        owner = Person{found->id, found->name};
    }
    const auto changed = find_to_change(tx, caller, ask);
    if (changed.empty()) return {0};

    const auto now = Instant::now();
    std::vector<LeadId> ids;
    for (const auto& lead : changed) ids.push_back(lead.id);
    db::Sql sql("UPDATE leads SET owner_id = $2, updated_at = $3, version = version + 1 "
                "WHERE organization_id = $1",
        ask.owner_id, now);
    tx.run(sql.add_in("id", ids));
    announce_all(tx, changed, caller.user_id, now, owner);
    return {std::int64_t(changed.size())};
}

ShownRow take(db::Tx& tx, const http::Caller& caller, const LeadId& id)
{
    const auto found = store::find(tx, id, caller);
    if (!found)
        throw Failure::not_found(
            "This lead is not here. It may have been given to somebody else or deleted.");
    if (found->owner_id == caller.user_id) return *found;
    const auto people = store::list_people(tx, {caller.user_id});
    if (people.empty())
        throw Failure::conflict("Only a person takes a lead. A program gives it to somebody.");
    if (found->owner_id) throw Failure::conflict("Somebody else has taken this lead.");

    ShownRow lead = *found;
    lead.owner_id = caller.user_id;
    lead.updated_at = Instant::now();
    ++lead.version;
    tx.run(R"sql(
        UPDATE leads SET owner_id = $3, updated_at = $4, version = $5
        WHERE organization_id = $1 AND id = $2
    )sql",
        id, lead.owner_id, lead.updated_at, lead.version);
    announce_all(tx, {{id, std::nullopt}}, caller.user_id, lead.updated_at, people.front());
    return lead;
}

}  // namespace leadcrm::leads
