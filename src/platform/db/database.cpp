#include "platform/db/database.hpp"

#include "platform/db/postgres_database.hpp"
#include "platform/db/sqlite_database.hpp"

namespace leadcrm::db {

std::unique_ptr<Database> Database::open(const Settings& settings)
{
    if (!settings.url.empty()) return std::make_unique<PostgresDatabase>(settings);
    return std::make_unique<SqliteDatabase>(settings);
}

}  // namespace leadcrm::db
