#include "meta/walk_store.hpp"

#include "events/change.hpp"

#include <tuple>
#include <utility>

namespace leadcrm::meta::store {

std::map<std::string, FormWalk> list_walks(const db::Reader& db, const std::string& page_id)
{
    std::map<std::string, FormWalk> walks;
    for (auto& walk : db.rows<FormWalk>(
             "SELECT {columns} FROM form_walks WHERE organization_id = $1 AND page_id = $2",
             page_id))
        walks.emplace(walk.form_id, std::move(walk));
    return walks;
}

std::optional<FormWalk> find_walk(const db::Reader& db, const std::string& form_id)
{
    return db.row<FormWalk>(
        "SELECT {columns} FROM form_walks WHERE organization_id = $1 AND form_id = $2", form_id);
}

void upsert(db::Tx& tx, const FormWalk& walk)
{
    tx.store("INSERT INTO form_walks (organization_id, {columns}) VALUES ($1, {values})"
             " ON CONFLICT (organization_id, form_id) DO UPDATE SET page_id = excluded.page_id,"
             " watermark = excluded.watermark, walked_at = excluded.walked_at,"
             " swept_at = excluded.swept_at, failures = excluded.failures,"
             " trouble = excluded.trouble",
        walk);
}

std::map<std::string, Instant> list_latest(
    const db::Reader& db, const std::string& page_id, Instant since)
{
    std::map<std::string, Instant> latest;
    for (auto& [form_id, at] : db.rows<std::tuple<std::optional<std::string>, Instant>>(
             "SELECT form_id, MAX(submitted_at) FROM lead_fetches WHERE organization_id = $1"
             " AND page_id = $2 AND submitted_at >= $3 GROUP BY form_id",
             page_id, since))
        if (form_id) latest[*form_id] = at;
    return latest;
}

std::optional<Backfill> find_backfill(const db::Reader& db, const std::string& page_id)
{
    return db.row<Backfill>(
        "SELECT {columns} FROM backfills WHERE organization_id = $1 AND page_id = $2", page_id);
}

std::map<std::string, Backfill> list_backfills(const db::Reader& db)
{
    std::map<std::string, Backfill> backfills;
    for (auto& backfill :
        db.rows<Backfill>("SELECT {columns} FROM backfills WHERE organization_id = $1"))
        backfills.emplace(backfill.page_id, std::move(backfill));
    return backfills;
}

void upsert(db::Tx& tx, const Backfill& backfill)
{
    tx.store("INSERT INTO backfills (organization_id, {columns}) VALUES ($1, {values})"
             " ON CONFLICT (organization_id, page_id) DO UPDATE SET state = excluded.state,"
             " found = excluded.found, stored = excluded.stored,"
             " started_at = excluded.started_at, ended_at = excluded.ended_at,"
             " trouble = excluded.trouble, walked = excluded.walked",
        backfill);
    events::tell_change(tx, events::Topic::pages);
}

void set_progress(
    db::Tx& tx, const std::string& page_id, std::int64_t found, std::int64_t more_stored)
{
    tx.run("UPDATE backfills SET found = $3, stored = stored + $4"
           " WHERE organization_id = $1 AND page_id = $2",
        page_id, found, more_stored);
    events::tell_change(tx, events::Topic::pages);
}

}  // namespace leadcrm::meta::store
