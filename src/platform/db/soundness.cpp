#include "platform/db/soundness.hpp"

#include "platform/db/postgres_connection.hpp"
#include "platform/db/row_security.hpp"
#include "platform/db/sqlite_connection.hpp"

#include <sqlite3.h>

#include <set>

namespace leadcrm::db {
namespace {

template <class Connection>
std::vector<std::string> texts(Connection& connection, std::string_view question)
{
    std::vector<std::string> found;
    connection.run(Statement{.text = question, .values = {}},
        [&](const Row& row) { found.emplace_back(row.text(0)); });
    return found;
}

template <class Connection>
std::set<std::string> migrations_in(Connection& connection, std::string_view tables)
{
    for (const auto& table : texts(connection, tables))
        if (table == "schema_migrations") {
            const auto names = texts(connection, "SELECT name FROM schema_migrations");
            return {names.begin(), names.end()};
        }
    return {};
}

Soundness examine_sqlite(const std::filesystem::path& file)
{
    SqliteConnection connection(file, SqliteConnection::Access::read);
    Soundness found{.version = std::string("SQLite ") + sqlite3_libversion()};
    // A quick check answers "ok", or up to a hundred damages.
    for (auto& line : texts(connection, "SELECT q.quick_check FROM pragma_quick_check() AS q"))
        if (line != "ok") found.damages.push_back(std::move(line));
    found.schema = state_of_schema(
        migrations_in(connection, "SELECT t.name FROM pragma_table_list() AS t"), Dialect::sqlite);
    return found;
}

// Reading the catalogue is nothing for a guarded session; only names of tables are taken from it.
Soundness examine_postgres(const std::string& url)
{
    PostgresConnection connection(url, Guarding::off);
    connection.check_role();
    connection.begin(PostgresConnection::Access::read);
    Soundness found;
    found.version =
        "PostgreSQL " + texts(connection, "SELECT current_setting('server_version')")[0];
    found.server_number =
        std::stoll(texts(connection, "SELECT current_setting('server_version_num')")[0]);
    found.schema = state_of_schema(migrations_in(connection,
                                       "SELECT CAST(tablename AS TEXT) FROM pg_tables"
                                       " WHERE schemaname = current_schema()"),
        Dialect::postgres);
    found.open_tables = texts(connection, open_tables_sql);
    connection.roll_back();
    return found;
}

}  // namespace

Soundness examine(const Settings& settings)
{
    return settings.url.empty() ? examine_sqlite(settings.file) : examine_postgres(settings.url);
}

}  // namespace leadcrm::db
