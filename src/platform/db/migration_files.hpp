// The files of migrations/ as they were when the program was built (cmake/migrations.cmake).
#pragma once

#include <span>
#include <string_view>

namespace leadcrm::db {

struct MigrationFile {
    std::string_view name;  // "0001_accounts.sql", "0002_search.sqlite.sql"
    std::string_view text;
};

// In the order of their names.
std::span<const MigrationFile> migration_files();

}  // namespace leadcrm::db
