#include "backups/backup_file.hpp"

#include "backups/backup_row.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/crypto/running_sha256.hpp"
#include "platform/json/json.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <memory>
#include <set>

namespace leadcrm::backups {
namespace {

constexpr std::string_view tables_folder = "tables/";
constexpr std::string_view lines_end = ".jsonl";

// The parts of a ZIP file, one after another.
class Parts {
public:
    explicit Parts(const std::filesystem::path& file) : archive_(archive_read_new())
    {
        if (!archive_) throw Failure::unavailable("There is no memory left for it.", 60);
        check(archive_read_support_format_zip(archive_.get()));
        constexpr std::size_t block = std::size_t(256) * 1024;
        check(archive_read_open_filename(archive_.get(), file.c_str(), block));
    }

    // The name of the next one; empty at the end.
    std::string next()
    {
        archive_entry* entry = nullptr;
        const auto result = archive_read_next_header(archive_.get(), &entry);
        if (result == ARCHIVE_EOF) return {};
        check(result);
        return archive_entry_pathname(entry);
    }

    // Of the current one; empty at its end.
    std::string_view read()
    {
        const auto count = archive_read_data(archive_.get(), piece_.data(), piece_.size());
        if (count < 0) check(ARCHIVE_FATAL);
        return {piece_.data(), std::size_t(count)};
    }

private:
    void check(int result) const
    {
        if (result >= ARCHIVE_WARN) return;
        const char* why = archive_error_string(archive_.get());
        throw Failure::malformed("The file is no backup, or a damaged one.")
            .because(why ? why : "libarchive does not say why");
    }

    struct Free {
        void operator()(archive* which) const { archive_read_free(which); }
    };
    std::unique_ptr<archive, Free> archive_;
    std::string piece_ = std::string(std::size_t(256) * 1024, '\0');
};

Manifest read_manifest(const std::filesystem::path& file)
{
    Parts parts(file);
    for (auto name = parts.next(); !name.empty(); name = parts.next()) {
        if (name != "manifest.json") continue;
        std::string text;
        for (auto piece = parts.read(); !piece.empty(); piece = parts.read()) text += piece;
        auto manifest = json::from_text<Manifest>(text);
        if (manifest.format != format_number)
            throw Failure::malformed("The backup was made by a later version of this program ("
                + manifest.made_by + "). That version can restore it.");
        return manifest;
    }
    throw Failure::malformed("The file is no backup: it has no manifest.json.");
}

void read_table(Parts& parts, const TableKept& table, BackupFile::TakeRow take)
{
    std::vector<db::Column> columns;
    for (const auto& column : table.columns) columns.push_back({column.name, column.type});
    crypto::RunningSha256 sum;
    std::int64_t rows = 0;
    std::string begun;  // a line whose end has not come
    for (auto piece = parts.read(); !piece.empty(); piece = parts.read()) {
        sum.add(piece);
        begun += piece;
        std::size_t from = 0;
        for (auto end = begun.find('\n'); end != std::string::npos; end = begun.find('\n', from)) {
            take(table, read_row(std::string_view(begun).substr(from, end - from), columns));
            ++rows;
            from = end + 1;
        }
        begun.erase(0, from);
    }
    if (!begun.empty() || rows != table.rows || crypto::hex(sum.finish()) != table.sha256)
        throw Failure::malformed("The backup is damaged: " + table.table
            + " is not as it was written. Take another one.");
}

}  // namespace

BackupFile::BackupFile(std::filesystem::path file)
    : file_(std::move(file)), manifest_(read_manifest(file_))
{
}

void BackupFile::each_row(TakeRow take) const
{
    Parts parts(file_);
    std::set<std::string> missing;
    for (const auto& table : manifest_.tables) missing.insert(table.table);
    for (auto name = parts.next(); !name.empty(); name = parts.next()) {
        if (!name.starts_with(tables_folder) || !name.ends_with(lines_end)) continue;
        name = name.substr(
            tables_folder.size(), name.size() - tables_folder.size() - lines_end.size());
        const auto table = std::ranges::find(manifest_.tables, name, &TableKept::table);
        if (table == manifest_.tables.end() || missing.erase(name) == 0)
            throw Failure::malformed("The backup is damaged: its manifest does not know " + name);
        read_table(parts, *table, take);
    }
    if (!missing.empty())
        throw Failure::malformed("The backup is damaged: " + *missing.begin() + " is missing.");
}

}  // namespace leadcrm::backups
