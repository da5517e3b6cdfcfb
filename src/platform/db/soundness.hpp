// What a database says of itself before anything is done with it: for whoever operates it. Nothing
// is changed, no migration is run, and a file that is not there is not made.
#pragma once

#include "platform/db/database.hpp"
#include "platform/db/migrate.hpp"

#include <string>
#include <vector>

namespace leadcrm::db {

struct Soundness {
    std::string version;  // "SQLite 3.40.1", "PostgreSQL 15.8"
    std::int64_t server_number = 0;  // PostgreSQL: 150008
    SchemaState schema;
    std::vector<std::string> damages;  // SQLite's quick check; none: the file is whole
    std::vector<std::string> open_tables;  // PostgreSQL: tenant tables without forced row security
};

// Blocking; the quick check reads the whole file. Throws Failure when the database cannot be
// reached, or when its role steps around row-level security.
Soundness examine(const Settings& settings);

}  // namespace leadcrm::db
