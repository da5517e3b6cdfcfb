#include "leads/deleted_lead.hpp"

#include "events/audience.hpp"
#include "events/log.hpp"
#include "leads/lead_store.hpp"
#include "leads/lead_view.hpp"

#include <map>
#include <utility>

namespace leadcrm::leads {
namespace {

constexpr auto lead_restored = "lead.restored";

struct DeletedRow : ShownRow {
    Instant deleted_at;
    std::optional<UserId> deleted_by;
};
BOOST_DESCRIBE_STRUCT(DeletedRow, (ShownRow), (deleted_at, deleted_by))

struct LeadOfOwner {
    LeadId id;
    std::optional<UserId> owner_id;
};
BOOST_DESCRIBE_STRUCT(LeadOfOwner, (), (id, owner_id))

void check_number(const ChosenLeads& ask)
{
    if (ask.ids.empty() || ask.ids.size() > deleted_max)
        throw Failure::invalid("ids", "count",
            "Please give at least one lead, and at most " + std::to_string(deleted_max) + ".");
}

// Nobody: a program, which asks with an API key.
std::optional<UserId> person_of(const http::Caller& caller)
{
    return caller.user_id == UserId() ? std::nullopt : std::optional(caller.user_id);
}

void announce_all(db::Tx& tx, const std::vector<LeadOfOwner>& leads, const char* kind,
    const std::optional<UserId>& by)
{
    if (leads.empty()) return;
    const auto now = Instant::now();
    std::vector<events::LoggedEvent> log;
    for (const auto& lead : leads)
        log.push_back(
            {0, kind, lead.id, by, now, json::Raw{json::text_of(events::LeadGone{lead.owner_id})}});
    events::record(tx, log);
    tx.signal(events::signal_channel, tx.organization_id().text());
}

std::map<UserId, std::string> names_of(const db::Reader& db, const std::vector<DeletedRow>& rows)
{
    std::vector<UserId> ids;
    for (const auto& row : rows)
        if (row.deleted_by) ids.push_back(*row.deleted_by);
    std::map<UserId, std::string> names;
    for (auto& person : store::list_people(db, ids)) names[person.id] = std::move(person.name);
    return names;
}

}  // namespace

// That it was deleted is nothing that happened with the person, so updated_at stays: rules for
// keeping count from there.
ChangedLeads delete_leads(db::Tx& tx, const http::Caller& caller, const ChosenLeads& ask)
{
    check_number(ask);
    const auto by = person_of(caller);
    db::Sql sql("UPDATE leads SET deleted_at = $2, deleted_by = $3, version = version + 1"
                " WHERE organization_id = $1",
        Instant::now(), by);
    sql.add_in("id", ask.ids);
    events::add_sight(sql, caller);
    const auto gone = tx.rows<LeadOfOwner>(sql.add(" RETURNING id, owner_id"));
    announce_all(tx, gone, events::lead_deleted, by);
    return {std::int64_t(gone.size())};
}

ChangedLeads restore_leads(db::Tx& tx, const http::Caller& caller, const ChosenLeads& ask)
{
    check_number(ask);
    db::Sql sql("UPDATE leads SET deleted_at = NULL, deleted_by = NULL, version = version + 1"
                " WHERE organization_id = $1");
    sql.add_in("id", ask.ids);
    events::add_sight_of_deleted(sql, caller);
    const auto back = tx.rows<LeadOfOwner>(sql.add(" RETURNING id, owner_id"));
    announce_all(tx, back, lead_restored, person_of(caller));
    return {std::int64_t(back.size())};
}

std::vector<DeletedLead> list_deleted(const db::Reader& db, const http::Caller& caller,
    const std::optional<PlaceOfDeleted>& after, int most)
{
    db::Sql sql("SELECT {columns} FROM leads WHERE organization_id = $1");
    events::add_sight_of_deleted(sql, caller);
    if (after) sql.add(" AND (deleted_at, number) < ($, $)", after->deleted_at, after->number);
    sql.add(" ORDER BY deleted_at DESC, number DESC LIMIT $", most);
    const auto rows = db.rows<DeletedRow>(sql);

    const auto names = names_of(db, rows);
    auto leads =
        present(db, caller, std::vector<ShownRow>(rows.begin(), rows.end()), Instant::now());
    std::vector<DeletedLead> deleted;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto& told = deleted.emplace_back(DeletedLead{
            std::move(leads[i]), rows[i].deleted_at, {}, rows[i].deleted_at + restorable_for});
        if (const auto& by = rows[i].deleted_by) {
            const auto name = names.find(*by);
            told.deleted_by = Person{*by, name == names.end() ? "" : name->second};
        }
    }
    return deleted;
}

}  // namespace leadcrm::leads
