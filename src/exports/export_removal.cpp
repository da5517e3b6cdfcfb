#include "exports/export_removal.hpp"

#include "events/change.hpp"
#include "exports/export.hpp"

namespace leadcrm::exports {

std::int64_t expire_ordered_until(db::Tx& tx, Instant until)
{
    const auto nothing = json::Raw{json::text_of(leads::LeadQuestion())};
    tx.run("UPDATE exports SET question = $3 WHERE organization_id = $1 AND ordered_at <= $2"
           " AND state IN ('done', 'failed', 'expired')",
        until, nothing);
    const auto expired = tx.run("UPDATE exports SET state = 'expired' WHERE organization_id = $1"
                                " AND ordered_at <= $2 AND state = 'done'",
        until);
    events::tell_change(tx, events::Topic::exports);
    return expired;
}

void end_unfinished(db::Tx& tx)
{
    tx.run("UPDATE exports SET state = 'failed', ended_at = $2 WHERE organization_id = $1"
           " AND state IN ('waiting', 'running')",
        Instant::now());
}

bool is_being_made(const db::Reader& db, Instant ordered_until)
{
    return db
        .row<std::int64_t>("SELECT 1 FROM exports WHERE organization_id = $1 AND ordered_at <= $2"
                           " AND state IN ('waiting', 'running') LIMIT 1",
            ordered_until)
        .has_value();
}

void remove_files_of_expired(
    db::Database& database, const std::filesystem::path& folder, OrganizationId organization)
{
    const auto ids = database.read(organization, [](db::Reader& db) {
        return db.rows<ExportId>("SELECT id FROM exports WHERE organization_id = $1"
                                 " AND state IN ('expired', 'failed')");
    });
    for (const auto& id : ids) {
        auto file = file_of(folder, id);
        std::filesystem::remove(file);
        std::filesystem::remove(file += ".part");
    }
}

}  // namespace leadcrm::exports
