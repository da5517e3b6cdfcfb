// Puts a backup into an empty database, SQLite or PostgreSQL, whichever it was made of.
#pragma once

#include "platform/db/database.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace leadcrm::backups {

struct Restored {
    std::int64_t rows = 0;
    Instant backed_up_at;
    std::vector<std::string> deletions;  // codes of what was deleted since: deletion::delete_again
    std::int64_t erased = 0;  // leads of people who were erased since
};

// `database` is opened and not migrated, and until `finish` is called no server starts on it: a
// restore that died is begun anew in an empty one. A damaged backup leaves it without a row. A
// backup of an earlier version is brought up to date. Nobody is signed in afterwards, no file of an
// export can be fetched, and deletions that were ordered wait a week. What was deleted or erased
// since the backup is looked for in `folders`: the data folder of then, and the backup's own.
// Throws Failure: conflict when the database is in use, malformed for a backup that cannot be read.
Restored restore(db::Database& database, const std::filesystem::path& file,
    const std::vector<std::filesystem::path>& folders,
    const std::function<void(std::int64_t)>& told);

// When the deletions are made again. Tells owners what state it is (restored_letter.hpp), unless
// nothing was changed since, as when a server moves.
void finish(db::Database& database, std::optional<Instant> backed_up_at);

}  // namespace leadcrm::backups
