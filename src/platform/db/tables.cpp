#include "platform/db/tables.hpp"

#include "platform/db/migration_files.hpp"
#include "platform/db/tokens.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace leadcrm::db {
namespace {

using Types = std::map<std::pair<std::string, std::string>, ColumnType>;

std::optional<ColumnType> type_named(const Token& word)
{
    if (word.is("text")) return ColumnType::text;
    if (word.is("bigint")) return ColumnType::whole;
    if (word.is("boolean")) return ColumnType::boolean;
    if (word.is("double")) return ColumnType::real;
    if (word.is("uuid")) return ColumnType::uuid;
    if (word.is("bytea")) return ColumnType::bytes;
    if (word.is("jsonb")) return ColumnType::json;
    return std::nullopt;
}

// The statements of a migration that make columns. Others may hold what is no token of ours.
std::vector<std::string> table_statements(std::string_view migration)
{
    std::string text;
    for (auto at = migration.find("--"); at != std::string_view::npos; at = migration.find("--")) {
        text += migration.substr(0, at);
        migration.remove_prefix(std::min(migration.find('\n', at), migration.size()));
    }
    text += migration;
    std::vector<std::string> found;
    std::size_t begin = 0;
    while (begin < text.size()) {
        begin = text.find_first_not_of(" \n", begin);
        if (begin == std::string::npos) break;
        const auto end = std::min(text.find(';', begin), text.size());
        const auto statement = text.substr(begin, end - begin);
        if (statement.starts_with("CREATE TABLE") || statement.starts_with("ALTER TABLE"))
            found.push_back(statement);
        begin = end + 1;
    }
    return found;
}

// CREATE TABLE table (column TYPE …, column TYPE …)
void read_columns(
    const std::vector<Token>& tokens, std::size_t at, const std::string& table, Types& types)
{
    int depth = 0;
    for (; tokens[at].kind != Token::Kind::end; ++at) {
        const bool begins =
            (tokens[at].is("(") && depth == 0) || (tokens[at].is(",") && depth == 1);
        if (tokens[at].is("(")) ++depth;
        if (tokens[at].is(")")) --depth;
        if (!begins) continue;
        if (const auto type = type_named(tokens[at + 2]))
            types[{table, tokens[at + 1].text}] = *type;
    }
}

// What the migrations call a column: on SQLite an id and bytes, a number and a truth have become
// the same.
Types declared_types()
{
    Types types;
    for (const auto& file : migration_files())
        for (const auto& statement : table_statements(file.text)) {
            const auto tokens = tokens_of(statement);
            if (tokens[0].is("create")) read_columns(tokens, 3, tokens[2].text, types);
            // ALTER TABLE table ADD COLUMN column TYPE
            if (tokens[0].is("alter") && tokens.size() > 6 && tokens[4].is("column"))
                if (const auto type = type_named(tokens[6]))
                    types[{tokens[2].text, tokens[5].text}] = *type;
        }
    return types;
}

struct ColumnRow {
    std::string table_name;
    std::string column_name;
    std::int64_t key_place = 0;  // from 1; 0: no part of the key
};
BOOST_DESCRIBE_STRUCT(ColumnRow, (), (table_name, column_name, key_place))

std::vector<ColumnRow> read_schema(const PlatformReader& db)
{
    if (db.dialect() == Dialect::postgres)
        return db.rows<ColumnRow>(
            "SELECT table_name, column_name, key_place FROM app_columns() AS c");
    return db.rows<ColumnRow>(R"sql(
        SELECT t.name, c.name, c.pk
        FROM pragma_table_list() AS t CROSS JOIN pragma_table_info(t.name) AS c
        WHERE t.type = 'table' AND t.schema = 'main' AND substr(t.name, 1, 7) <> 'sqlite_'
        ORDER BY t.name, c.cid
    )sql");
}

std::vector<std::pair<std::string, std::string>> read_references(const PlatformReader& db)
{
    // SQLite calls the column `table`, a word that only quotes could make a name: it is taken by
    // its place, behind id and seq.
    const bool is_sqlite = db.dialect() == Dialect::sqlite;
    const std::size_t place = is_sqlite ? 3 : 1;
    const Sql sql(is_sqlite ? "SELECT t.name, f.* FROM pragma_table_list() AS t"
                              " CROSS JOIN pragma_foreign_key_list(t.name) AS f"
                              " WHERE t.type = 'table' AND t.schema = 'main'"
                            : "SELECT table_name, refers_to FROM app_references() AS r");
    std::vector<std::pair<std::string, std::string>> found;
    db.each<AnyRow>(sql,
        [&](const AnyRow& row) { found.emplace_back(row.cells->text(0), row.cells->text(place)); });
    return found;
}

}  // namespace

const Column* Table::find(std::string_view column) const
{
    const auto found = std::ranges::find(columns, column, &Column::name);
    return found == columns.end() ? nullptr : &*found;
}

bool Table::is_tenant() const { return !key.empty() && key.front() == "organization_id"; }

std::vector<Table> list_tables(const PlatformReader& db)
{
    static const Types types = declared_types();
    std::vector<Table> tables;
    std::map<std::string, std::map<std::int64_t, std::string>> keys;
    for (const auto& row : read_schema(db)) {
        if (row.table_name == "schema_migrations") continue;
        if (tables.empty() || tables.back().name != row.table_name)
            tables.push_back({.name = row.table_name});
        const auto type = types.find({row.table_name, row.column_name});
        if (type == types.end())
            throw Failure::internal(
                "no migration has made " + row.table_name + "." + row.column_name);
        tables.back().columns.push_back({row.column_name, type->second});
        if (row.key_place > 0) keys[row.table_name][row.key_place] = row.column_name;
    }
    const auto references = read_references(db);
    for (auto& table : tables) {
        for (const auto& [place, column] : keys[table.name]) table.key.push_back(column);
        for (const auto& [from, to] : references)
            if (from == table.name && to != table.name) table.refers_to.insert(to);
    }
    return tables;
}

std::vector<Table> referring_first(std::vector<Table> tables)
{
    std::vector<Table> ordered;
    while (!tables.empty()) {
        std::set<std::string> needed;
        for (const auto& table : tables) needed.merge(std::set(table.refers_to));
        const auto free = std::ranges::find_if(
            tables, [&](const Table& table) { return !needed.contains(table.name); });
        if (free == tables.end()) throw Failure::internal("tables refer to each other in a ring");
        ordered.push_back(std::move(*free));
        tables.erase(free);
    }
    return ordered;
}

Value value_of(const Row& row, std::size_t place, ColumnType type)
{
    if (row.is_null(place)) return std::monostate{};
    switch (type) {
    case ColumnType::whole:
        return row.integer(place);
    case ColumnType::boolean:
        return row.boolean(place);
    case ColumnType::real:
        return row.real(place);
    case ColumnType::uuid:
        return row.uuid(place);
    case ColumnType::bytes:
        return Blob{row.blob(place)};
    case ColumnType::json:
        return JsonText{std::string(row.text(place))};
    case ColumnType::text:
        break;
    }
    return std::string(row.text(place));
}

}  // namespace leadcrm::db
