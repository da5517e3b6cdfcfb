#include "platform/db/sqlite_checkpoint.hpp"

#include "platform/db/errors.hpp"

#include <sqlite3.h>

#include <memory>

namespace leadcrm::db {

bool empty_log(const std::filesystem::path& file)
{
    constexpr int patience_ms = 10'000;
    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
    };
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &opened,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    const std::unique_ptr<sqlite3, Close> database(opened);
    if (code != SQLITE_OK) throw sqlite_failure(code, "opening " + file.string());
    sqlite3_busy_timeout(opened, patience_ms);
    // A connection that has read nothing does not know that there is a log.
    sqlite3_exec(opened, "SELECT COUNT(*) FROM sqlite_schema", nullptr, nullptr, nullptr);
    const int emptied =
        sqlite3_wal_checkpoint_v2(opened, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    if ((emptied & 0xff) == SQLITE_BUSY || (emptied & 0xff) == SQLITE_LOCKED) return false;
    if (emptied != SQLITE_OK) throw sqlite_failure(emptied, "emptying the log");
    return true;
}

}  // namespace leadcrm::db
