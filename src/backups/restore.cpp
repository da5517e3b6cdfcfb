#include "backups/restore.hpp"

#include "backups/backup_file.hpp"
#include "backups/restored_letter.hpp"
#include "deletion/after_restore.hpp"
#include "exports/export.hpp"
#include "leads/lead_search.hpp"
#include "platform/db/migrate.hpp"
#include "platform/db/tables.hpp"
#include "privacy/erasure_again.hpp"
#include "privacy/kept_marks.hpp"

#include <algorithm>

namespace leadcrm::backups {
namespace {

constexpr std::chrono::hours time_to_look{7 * 24};

// The schema the rows were written in: what came later is applied to them afterwards.
void make_schema(db::Database& database, const Manifest& manifest)
{
    const auto is_in = [&](std::string_view file) {
        return std::ranges::find(manifest.migrations, file.substr(0, file.find('.')))
            != manifest.migrations.end();
    };
    std::vector<db::MigrationFile> files;
    std::ranges::copy_if(db::migration_files(), std::back_inserter(files),
        [&](const db::MigrationFile& file) { return is_in(file.name); });
    for (const auto& migration : manifest.migrations)
        if (std::ranges::none_of(files, [&](const db::MigrationFile& file) {
                return file.name.substr(0, file.name.find('.')) == migration;
            }))
            throw Failure::malformed("The backup was made by a later version of this program ("
                + manifest.made_by + "). That version can restore it.");
    db::migrate(database, files);
}

class Filling {
public:
    Filling(db::PlatformTx& db, const std::function<void(std::int64_t)>& told)
        : db_(db), told_(told)
    {
        for (auto& table : db::referring_first(db::list_tables(db))) {
            // What migrations put there is in the backup as it was then.
            if (!table.is_tenant()) db.run("DELETE FROM " + table.name);
            tables_.push_back(std::move(table));
        }
    }

    void add(const TableKept& kept, std::vector<db::Value> row)
    {
        if (kept.table != name_) begin(kept);
        db::Sql sql(statement_);
        if (tenant_place_) {
            const auto organization = OrganizationId{std::get<Uuid>(row[*tenant_place_])};
            row.erase(row.begin() + std::ptrdiff_t(*tenant_place_));
            for (auto& value : row) sql.add("", value);
            db_.in_organization(organization).run(sql);
        } else {
            for (auto& value : row) sql.add("", value);
            db_.run(sql);
        }
        constexpr int told_every = 10'000;
        if (++rows_ % told_every == 0) told_(rows_);
    }

    std::int64_t rows() const { return rows_; }

private:
    void begin(const TableKept& kept)
    {
        const auto table = std::ranges::find(tables_, kept.table, &db::Table::name);
        if (table == tables_.end())
            throw Failure::malformed(
                "The backup has a table that this program does not know: " + kept.table);
        name_ = kept.table;
        tenant_place_.reset();
        std::string names;
        std::string values;
        if (table->is_tenant()) names = "organization_id", values = "$1";
        for (std::size_t place = 0; place < kept.columns.size(); ++place) {
            const auto& column = kept.columns[place].name;
            if (table->is_tenant() && column == "organization_id") {
                tenant_place_ = place;
                continue;
            }
            names += (names.empty() ? "" : ", ") + column;
            values += values.empty() ? "$" : ", $";
        }
        statement_ = "INSERT INTO " + name_ + " (" + names + ") VALUES (" + values + ")";
    }

    db::PlatformTx& db_;
    const std::function<void(std::int64_t)>& told_;
    std::vector<db::Table> tables_;
    std::string name_;  // of the table that is being filled
    std::string statement_;
    std::optional<std::size_t> tenant_place_;  // of organization_id, which travels in the session
    std::int64_t rows_ = 0;
};

void must_be_empty(const db::PlatformReader& db)
{
    if (db.row<OrganizationId>("SELECT id FROM organizations LIMIT 1"))
        throw Failure::conflict("There are organizations in this database. A backup is put into an "
                                "empty one: move the old one away, or name another.");
}

}  // namespace

Restored restore(db::Database& database, const std::filesystem::path& file,
    const std::vector<std::filesystem::path>& folders,
    const std::function<void(std::int64_t)>& told)
{
    const BackupFile backup(file);
    std::vector<deletion::Tombstone> stones;
    for (const auto& folder : folders)
        std::ranges::copy(deletion::read_tombstones(folder / deletion::tombstones_name),
            std::back_inserter(stones));
    make_schema(database, backup.manifest());
    Restored restored{.backed_up_at = backup.manifest().read_at};
    restored.rows = database.write_platform([&](db::PlatformTx& db) {
        must_be_empty(db);
        db::begin_filling(db);
        Filling filling(db, told);
        backup.each_row([&](const TableKept& table, std::vector<db::Value> row) {
            filling.add(table, std::move(row));
        });
        return filling.rows();
    });
    db::migrate_while_filling(database);
    std::vector<OrganizationId> organizations;
    restored.deletions = database.write_platform([&](db::PlatformTx& db) {
        deletion::put_off(db, Instant::now() + time_to_look);
        auto codes = deletion::order_again(db, stones);
        organizations = db.rows<OrganizationId>("SELECT id FROM organizations ORDER BY id");
        for (const auto& organization : organizations) {
            auto tx = db.in_organization(organization);
            leads::make_search_anew(tx);
            exports::forget_files(tx);
            for (const auto& folder : folders) privacy::take_back_marks(tx, folder);
        }
        return codes;
    });
    for (const auto& organization : organizations)
        restored.erased += privacy::erase_again(database, organization);
    return restored;
}

void finish(db::Database& database, std::optional<Instant> backed_up_at)
{
    database.write_platform([&](db::PlatformTx& db) {
        db::end_filling(db);
        if (backed_up_at) tell_owners(db, *backed_up_at);
    });
}

}  // namespace leadcrm::backups
