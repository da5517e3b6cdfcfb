// How the schema comes to be: migrations/NNNN_name.sql, in order, each once, remembered in
// schema_migrations. One text serves both databases; where they must differ there are
// NNNN_name.sqlite.sql and NNNN_name.postgres.sql, which count as one migration. The entrance is
// migrate(Database&) in database.hpp.
#pragma once

#include "platform/db/database.hpp"
#include "platform/db/migration_files.hpp"

#include <cstdint>
#include <set>
#include <string>

namespace leadcrm::db {

// The same with other files: for tests.
void migrate(Database& database, std::span<const MigrationFile> files);

// While a backup is put into a database, from begin_filling to end_filling, `migrate` refuses it,
// so that no server starts on it: what was deleted since the backup would be there again.
void begin_filling(PlatformTx& tx);
void end_filling(PlatformTx& tx);
void migrate_while_filling(Database& database);

// What is to be known before `migrate` is called, from the names in schema_migrations.
struct SchemaState {
    std::string newest;  // of the migrations that are in it; empty: of none
    std::int64_t missing = 0;  // that this program would bring
    std::int64_t unknown = 0;  // of a newer program
    bool is_filling = false;  // a restore that did not come to its end
};
SchemaState state_of_schema(const std::set<std::string>& applied, Dialect dialect);

// A migration in SQLite's words: UUID and BYTEA are BLOB, BIGINT and BOOLEAN are INTEGER, JSONB is
// TEXT, DOUBLE PRECISION is REAL, and every table is STRICT.
std::string for_sqlite(std::string_view migration);

}  // namespace leadcrm::db
