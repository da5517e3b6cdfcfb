// A backup: every row of every table, read on one snapshot while the server goes on, in one ZIP
// file that is the same for SQLite and PostgreSQL. So it is also the way from the one to the other.
// Putting one back: restore.hpp. What is in the file: backup_file.hpp.
//
// Not in it are the keys under which tokens and originals are sealed (without them nobody reads
// those), the files of exports, sessions, and what is made anew from other rows.
#pragma once

#include "platform/db/database.hpp"
#include "platform/time/instant.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace leadcrm::backups {

struct Backup {
    std::filesystem::path file;
    std::int64_t rows = 0;
};

// Called every now and then with the number of rows so far.
using Progress = std::function<void(std::int64_t rows)>;

// Writes leadcrm-20260131T235900.123456Z.zip into the folder, readable by its owner alone, then
// opens it and reads it whole. Beside it goes what was deleted and erased so far, for who restores
// an earlier one. Blocking. Throws Failure::unavailable when the disk does not take it; an
// unfinished file is removed.
Backup make_backup(db::Database& database, const std::filesystem::path& folder,
    const std::string& program_version, const Progress& progress);

// When the newest of the folder's backups was begun; nothing when there is none, or no folder.
std::optional<Instant> newest_backup(const std::filesystem::path& folder);

}  // namespace leadcrm::backups
