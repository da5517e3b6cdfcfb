// The file of a backup, being read:
//
//     tables/leads.jsonl  …  one row a line, see backup_row.hpp; tables that others refer to first
//     manifest.json          which schema it is, and of each table the columns, rows and sum
#pragma once

#include "platform/db/tables.hpp"
#include "platform/function_ref.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace leadcrm::backups {

constexpr int format_number = 1;

struct ColumnKept {
    std::string name;
    db::ColumnType type = db::ColumnType::text;
};
BOOST_DESCRIBE_STRUCT(ColumnKept, (), (name, type))

struct TableKept {
    std::string table;
    std::vector<ColumnKept> columns;
    std::int64_t rows = 0;
    std::string sha256;  // of the lines, in hex
};
BOOST_DESCRIBE_STRUCT(TableKept, (), (table, columns, rows, sha256))

struct Manifest {
    int format = format_number;
    std::string made_by;  // "leadcrm 0.1.0"
    Instant read_at;
    std::vector<std::string> migrations;  // that the schema had seen
    std::vector<TableKept> tables;  // in the order of the file
};
BOOST_DESCRIBE_STRUCT(Manifest, (), (format, made_by, read_at, migrations, tables))

class BackupFile {
public:
    // Throws Failure::malformed for a file that is no backup, or one of a later format.
    explicit BackupFile(std::filesystem::path file);

    const Manifest& manifest() const { return manifest_; }

    using TakeRow = FunctionRef<void(const TableKept& table, std::vector<db::Value> row)>;
    // From the first to the last. Throws Failure::malformed when rows are missing or altered: after
    // the last row of the table, so what was done with them must be undone.
    void each_row(TakeRow take) const;

private:
    std::filesystem::path file_;
    Manifest manifest_;
};

}  // namespace leadcrm::backups
