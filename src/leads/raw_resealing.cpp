#include "leads/raw_resealing.hpp"

#include <tuple>
#include <vector>

namespace leadcrm::leads {
namespace {

constexpr int batch_size = 500;

using SealedRow = std::tuple<Uuid, std::string, db::Blob>;

std::vector<SealedRow> list_sealed(const db::Reader& db, const std::optional<Uuid>& after)
{
    db::Sql sql("SELECT id, leadgen_id, raw_sealed FROM submissions WHERE organization_id = $1");
    if (after) sql.add(" AND id > $", *after);
    sql.add(" ORDER BY id LIMIT $", batch_size);
    return db.rows<SealedRow>(sql);
}

}  // namespace

std::int64_t reseal_raw(db::Database& database, OrganizationId organization, const Reseal& reseal)
{
    std::int64_t changed = 0;
    std::optional<Uuid> after;
    for (;;) {
        const auto rows =
            database.read(organization, [&](db::Reader& db) { return list_sealed(db, after); });
        std::vector<std::pair<Uuid, db::Blob>> fresh;
        for (const auto& [id, leadgen_id, sealed] : rows)
            if (auto text = sealed.bytes.empty() ? std::nullopt : reseal(leadgen_id, sealed.bytes))
                fresh.emplace_back(id, db::Blob{*std::move(text)});
        if (!fresh.empty())
            database.write(organization, [&](db::Tx& tx) {
                for (const auto& [id, sealed] : fresh)
                    tx.run("UPDATE submissions SET raw_sealed = $3"
                           " WHERE organization_id = $1 AND id = $2",
                        id, sealed);
            });
        changed += static_cast<std::int64_t>(fresh.size());
        if (rows.size() < std::size_t(batch_size)) return changed;
        after = std::get<0>(rows.back());
    }
}

std::optional<SealedOriginal> newest_original(const db::Reader& db)
{
    return db.row<SealedOriginal>(
        "SELECT {columns} FROM submissions WHERE organization_id = $1 ORDER BY id DESC LIMIT 1");
}

}  // namespace leadcrm::leads
