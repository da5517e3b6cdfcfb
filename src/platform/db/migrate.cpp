#include "platform/db/migrate.hpp"

#include "platform/db/row_security.hpp"
#include "platform/db/tokens.hpp"
#include "platform/time/instant.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace leadcrm::db {

// Migrations do what a session may not: several statements at a time, on every table.
struct SchemaChange {
    static Session& session(PlatformTx& tx) { return *tx.session_; }
};

namespace {

struct Replacement {
    std::string_view word;
    std::string_view in_sqlite;
};
constexpr std::array<Replacement, 7> types = {
    {{"uuid", "BLOB"}, {"bytea", "BLOB"}, {"bigint", "INTEGER"}, {"boolean", "INTEGER"},
        {"jsonb", "TEXT"}, {"double", "REAL"}, {"precision", ""}}};

constexpr std::string_view remember_sql = R"sql(
        CREATE TABLE IF NOT EXISTS schema_migrations (
            name TEXT PRIMARY KEY,
            applied_at BIGINT NOT NULL
        );
    )sql";

// Stands among the migrations, so that every program, of an earlier version too, looks for it
// first.
constexpr auto filling_name = "unfinished_restore";

bool is_for(std::string_view file, Dialect dialect)
{
    return !file.ends_with(dialect == Dialect::sqlite ? ".postgres.sql" : ".sqlite.sql");
}

// "0002_search" of "0002_search.sqlite.sql".
std::string name_of(std::string_view file) { return std::string(file.substr(0, file.find('.'))); }

void run(Session& session, std::string_view text)
{
    session.run_script(session.dialect() == Dialect::sqlite ? for_sqlite(text) : std::string(text));
}

// Programs that start at the same moment do this one after another. On SQLite writing alone does.
void lock(Session& session)
{
    if (session.dialect() == Dialect::sqlite) return;
    session.run_script("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;"
                       "SELECT pg_advisory_xact_lock(7310868735437006188)");  // "leadcrml"
}

std::set<std::string> applied(PlatformTx& tx, std::span<const MigrationFile> files, bool is_filling)
{
    auto names = tx.rows<std::string>("SELECT name FROM schema_migrations ORDER BY name");
    if (is_filling) std::erase(names, filling_name);
    for (const auto& name : names) {
        if (name == filling_name)
            throw Failure::conflict("A backup was being put into this database, and that did not "
                                    "come to its end. Restore it anew into an empty one.");
        if (std::ranges::none_of(
                files, [&](const MigrationFile& file) { return name_of(file.name) == name; }))
            throw Failure::internal("The database has been used by a newer version of this "
                                    "program: it knows the migration "
                + name + ", and this program does not.");
    }
    return {names.begin(), names.end()};
}

}  // namespace

std::string for_sqlite(std::string_view migration)
{
    std::string out;
    std::size_t copied = 0;
    auto copy_to = [&](std::size_t end) {
        out += migration.substr(copied, end - copied);
        copied = end;
    };
    const auto tokens = tokens_of(migration);
    int depth = 0;
    bool in_table = false;  // of a CREATE TABLE, whose last parenthesis STRICT follows
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        const auto& token = tokens[i];
        if (token.is("create") && tokens[i + 1].is("table")) in_table = true;
        if (token.is("(")) ++depth;
        if (token.is(")") && --depth == 0 && in_table) {
            copy_to(token.at + 1);
            out += " STRICT";
            in_table = false;
        }
        for (const auto& type : types) {
            if (!token.is(type.word)) continue;
            copy_to(token.at);
            out += type.in_sqlite;
            copied = token.at + token.size;
        }
    }
    copy_to(migration.size());
    return out;
}

namespace {

void migrate(Database& database, std::span<const MigrationFile> files, bool is_filling)
{
    database.write_platform([&](PlatformTx& tx) {
        auto& session = SchemaChange::session(tx);
        const bool has_row_security = session.dialect() == Dialect::postgres;
        lock(session);
        if (has_row_security) make_organization_functions(session);
        run(session, remember_sql);
        const auto known = applied(tx, files, is_filling);
        for (const auto& file : files) {
            const auto name = name_of(file.name);
            if (known.contains(name) || !is_for(file.name, session.dialect())) continue;
            run(session, file.text);
            tx.run("INSERT INTO schema_migrations (name, applied_at) VALUES ($1, $2)", name,
                Instant::now());
        }
        if (has_row_security) secure_rows(session);
    });
}

}  // namespace

void migrate(Database& database, std::span<const MigrationFile> files)
{
    migrate(database, files, false);
}

void migrate(Database& database) { migrate(database, migration_files(), false); }

void migrate_while_filling(Database& database) { migrate(database, migration_files(), true); }

SchemaState state_of_schema(const std::set<std::string>& applied, Dialect dialect)
{
    SchemaState state;
    auto unknown = applied;
    state.is_filling = unknown.erase(filling_name) > 0;
    for (const auto& file : migration_files()) {
        if (!is_for(file.name, dialect)) continue;
        const auto name = name_of(file.name);
        if (unknown.erase(name) > 0)
            state.newest = name;
        else
            ++state.missing;
    }
    state.unknown = static_cast<std::int64_t>(unknown.size());
    return state;
}

void begin_filling(PlatformTx& tx)
{
    tx.run("INSERT INTO schema_migrations (name, applied_at) VALUES ($1, $2)", filling_name,
        Instant::now());
}

void end_filling(PlatformTx& tx)
{
    tx.run("DELETE FROM schema_migrations WHERE name = $1", filling_name);
}

}  // namespace leadcrm::db
