#include "leads/assignment.hpp"

#include "events/log.hpp"
#include "leads/lead_store.hpp"

namespace leadcrm::leads {
namespace {

std::optional<Person> find_member(const db::Reader& db, const UserId& user)
{
    const auto is_member = db.row<UserId>(
        "SELECT user_id FROM memberships WHERE organization_id = $1 AND user_id = $2", user);
    if (!is_member) return std::nullopt;
    auto people = store::list_people(db, {user});
    return people.empty() ? std::nullopt : std::optional(std::move(people.front()));
}

void announce_all(db::Tx& tx, const std::vector<LeadId>& leads, const UserId& by, Instant at,
    const std::optional<Person>& owner)
{
    const json::Raw data{json::text_of(Assigned{owner})};
    std::vector<events::LoggedEvent> log;
    for (const auto& lead : leads) log.push_back({0, "lead.assigned", lead, by, at, data});
    events::record(tx, log);
    tx.signal(events::signal_channel, tx.organization_id().text());
}

}  // namespace

AssignedCount assign(db::Tx& tx, const http::Caller& caller, const AssignLeads& ask)
{
    if (caller.sight != http::Sight::all)
        throw Failure::forbidden("Only a team lead or an owner gives leads to others. You may take "
                                 "a lead that nobody has.");
    if (ask.ids.empty() || ask.ids.size() > assigned_max)
        throw Failure::invalid("ids", "count",
            "Please give at least one lead, and at most " + std::to_string(assigned_max) + ".");
    std::optional<Person> owner;
    if (ask.owner_id && !(owner = find_member(tx, *ask.owner_id)))
        throw Failure::invalid("owner_id", "unknown", "Please choose somebody who is a member.");

    const auto now = Instant::now();
    db::Sql sql("UPDATE leads SET owner_id = $2, updated_at = $3, version = version + 1 "
                "WHERE organization_id = $1",
        ask.owner_id, now);
    sql.add_in("id", ask.ids);
    if (ask.owner_id)
        sql.add(" AND (owner_id IS NULL OR owner_id <> $)", *ask.owner_id);
    else
        sql.add(" AND owner_id IS NOT NULL");
    sql.add(" RETURNING id");
    const auto changed = tx.rows<LeadId>(sql);
    if (!changed.empty()) announce_all(tx, changed, caller.user_id, now, owner);
    return {std::int64_t(changed.size())};
}

ShownRow take(db::Tx& tx, const http::Caller& caller, const LeadId& id)
{
    // Who may see unassigned leads may have seen this one until a moment ago.
    const auto found =
        caller.sight == http::Sight::own ? store::find(tx, id, caller) : store::find(tx, id);
    if (!found)
        throw Failure::not_found(
            "This lead is not here. It may have been given to somebody else or deleted.");
    if (found->owner_id == caller.user_id) return *found;
    const auto me = find_member(tx, caller.user_id);
    if (!me) throw Failure::conflict("Only a person takes a lead. A program gives it to somebody.");
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
    announce_all(tx, {id}, caller.user_id, lead.updated_at, me);
    return lead;
}

}  // namespace leadcrm::leads
