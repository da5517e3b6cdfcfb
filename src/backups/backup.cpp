#include "backups/backup.hpp"

#include "backups/backup_file.hpp"
#include "backups/backup_row.hpp"
#include "deletion/tombstone.hpp"
#include "exports/zip_file.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/crypto/running_sha256.hpp"
#include "platform/db/table_walk.hpp"
#include "platform/json/json.hpp"
#include "privacy/kept_marks.hpp"

#include <algorithm>
#include <array>
#include <ranges>

namespace leadcrm::backups {
namespace {

namespace fs = std::filesystem;

// Nobody is signed in after a restore, and the search is made anew from the leads.
constexpr std::array<std::string_view, 2> left_out{"sessions", "lead_search"};

// In the order in which they can be filled; on a cluster those of the platform come first.
std::vector<db::Table> tables_of(const db::PlatformReader& db)
{
    auto tables = db::referring_first(db::list_tables(db));
    std::erase_if(tables, [](const db::Table& table) {
        return std::ranges::find(left_out, table.name) != left_out.end();
    });
    std::ranges::reverse(tables);
    std::stable_partition(
        tables.begin(), tables.end(), [](const db::Table& table) { return !table.is_tenant(); });
    return tables;
}

class Writing {
public:
    Writing(const db::PlatformReader& db, const fs::path& file, const Progress& progress)
        : db_(db)
        , organizations_(db.rows<OrganizationId>("SELECT id FROM organizations ORDER BY id"))
        , zip_(file)
        , progress_(progress)
    {
        manifest_.read_at = Instant::now();
        manifest_.migrations =
            db.rows<std::string>("SELECT name FROM schema_migrations ORDER BY name");
    }

    void add(const db::Table& table)
    {
        zip_.begin("tables/" + table.name + ".jsonl");
        rows_in_table_ = 0;
        sum_ = crypto::RunningSha256();
        if (table.is_tenant())
            for (const auto& organization : organizations_)
                add_rows(db_.in_organization(organization), table, "organization_id = $1");
        else
            add_rows(db_, table, "");
        flush();
        TableKept kept{table.name, {}, rows_in_table_, crypto::hex(sum_.finish())};
        for (const auto& column : table.columns) kept.columns.push_back({column.name, column.type});
        manifest_.tables.push_back(std::move(kept));
    }

    std::int64_t finish(const std::string& made_by)
    {
        manifest_.made_by = made_by;
        zip_.begin("manifest.json");
        zip_.write(json::text_of(manifest_));
        zip_.finish();
        return rows_;
    }

private:
    void add_rows(const db::Questions& db, const db::Table& table, const std::string& condition)
    {
        constexpr std::size_t piece = std::size_t(256) * 1024;
        constexpr int told_every = 10'000;
        db::TableWalk(db, table, table.columns, condition).each([&](const db::Row& row) {
            append_row(text_, table.columns, row);
            ++rows_in_table_;
            if (++rows_ % told_every == 0) progress_(rows_);
            if (text_.size() >= piece) flush();
        });
    }

    void flush()
    {
        sum_.add(text_);
        zip_.write(text_);
        text_.clear();
    }

    const db::PlatformReader& db_;
    const std::vector<OrganizationId> organizations_;
    exports::ZipFile zip_;
    const Progress& progress_;
    Manifest manifest_;
    crypto::RunningSha256 sum_;
    std::string text_;  // not yet in the file
    std::int64_t rows_in_table_ = 0;
    std::int64_t rows_ = 0;
};

// "20260131T235900.123456Z": no two backups have the same name.
std::string compact(Instant at)
{
    auto text = rfc3339(at);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

// Of "leadcrm-20260131T235900.123456Z.zip".
std::optional<Instant> made_at(const std::string& name)
{
    constexpr std::string_view prefix = "leadcrm-";
    constexpr std::size_t time_length = 15;  // without fraction and zone
    if (!name.starts_with(prefix) || !name.ends_with("Z.zip")
        || name.size() < prefix.size() + time_length)
        return std::nullopt;
    auto text = name.substr(prefix.size(), time_length) + "Z";
    for (const int place : {4, 7}) text.insert(std::size_t(place), "-");
    for (const int place : {13, 16}) text.insert(std::size_t(place), ":");
    return parse_time(text);
}

// What cannot be read back is no backup.
void look_through(const fs::path& file)
{
    BackupFile(file).each_row([](const TableKept&, const std::vector<db::Value>&) {});
}

// What restoring an earlier backup must know.
void keep_decisions(db::Database& database, const fs::path& folder)
{
    deletion::bury(folder / deletion::tombstones_name, deletion::list_tombstones(database));
    const auto organizations = database.read_platform([](db::PlatformReader& db) {
        return db.rows<OrganizationId>("SELECT id FROM organizations ORDER BY id");
    });
    for (const auto& organization : organizations)
        privacy::keep_marks(database, organization, folder);
}

}  // namespace

Backup make_backup(db::Database& database, const fs::path& folder,
    const std::string& program_version, const Progress& progress)
{
    fs::create_directories(folder);
    Backup made{folder / ("leadcrm-" + compact(Instant::now()) + ".zip")};
    auto unfinished = made.file;
    unfinished += ".part";
    try {
        made.rows = database.read_platform([&](db::PlatformReader& db) {
            Writing writing(db, unfinished, progress);
            for (const auto& table : tables_of(db)) writing.add(table);
            return writing.finish(program_version);
        });
        look_through(unfinished);
        keep_decisions(database, folder);
    } catch (...) {
        fs::remove(unfinished);
        throw;
    }
    fs::rename(unfinished, made.file);
    return made;
}

std::optional<Instant> newest_backup(const fs::path& folder)
{
    std::optional<Instant> newest;
    std::error_code trouble;
    for (const auto& entry : fs::directory_iterator(folder, trouble))
        if (const auto at = made_at(entry.path().filename().string()))
            newest = std::max(newest, at);
    return newest;
}

}  // namespace leadcrm::backups
