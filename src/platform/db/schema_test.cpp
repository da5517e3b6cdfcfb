// Rules that every migration keeps, so that one schema runs on SQLite, PostgreSQL and a cluster.
// Asked of SQLite, whose schema comes from the same texts; reading a schema is nothing for a
// guarded session, hence the library itself.
#include "platform/testing/database.hpp"

#include <doctest/doctest.h>
#include <sqlite3.h>

namespace leadcrm::db {
namespace {

using Names = std::vector<std::string>;

Names ask_schema(testing::TestDatabase& database, const std::string& question)
{
    sqlite3* file = nullptr;
    REQUIRE(sqlite3_open(database.settings().file.c_str(), &file) == SQLITE_OK);
    Names found;
    const auto take = [](void* names, int, char** values, char**) {
        static_cast<Names*>(names)->push_back(values[0]);
        return 0;
    };
    CHECK(sqlite3_exec(file, question.c_str(), take, &found, nullptr) == SQLITE_OK);
    sqlite3_close(file);
    return found;
}

}  // namespace

TEST_CASE("a tenant table has the organization first in its keys, unique indexes and references")
{
    testing::TestDatabase database;
    if (database->dialect() != Dialect::sqlite) return;
    const std::string tenant_tables = R"sql(
        WITH tenant AS (
            SELECT t.name FROM pragma_table_list AS t, pragma_table_info(t.name) AS c
            WHERE c.name = 'organization_id' AND c.pk = 1)
    )sql";
    CHECK(ask_schema(database, tenant_tables + "SELECT name FROM tenant").size() > 3);
    CHECK(ask_schema(database, tenant_tables + R"sql(
        SELECT i.name
        FROM tenant, pragma_index_list(tenant.name) AS i, pragma_index_info(i.name) AS c
        WHERE i."unique" AND c.seqno = 0 AND c.name <> 'organization_id'
    )sql")
        == Names{});
    CHECK(ask_schema(database, tenant_tables + R"sql(
        SELECT tenant.name FROM tenant, pragma_foreign_key_list(tenant.name) AS f
        WHERE f.seq = 0 AND f."from" <> 'organization_id'
    )sql")
        == Names{});
}

TEST_CASE("no table refers to a tenant table without the organization")
{
    testing::TestDatabase database;
    if (database->dialect() != Dialect::sqlite) return;
    CHECK(ask_schema(database, R"sql(
        SELECT t.name FROM pragma_table_list AS t, pragma_foreign_key_list(t.name) AS f,
            pragma_table_info(f."table") AS c
        WHERE f.seq = 0 AND c.name = 'organization_id' AND c.pk = 1 AND f."from" <> 'organization_id'
    )sql")
        == Names{});
}

TEST_CASE("every table is strict, and none has a trigger or an action on delete")
{
    testing::TestDatabase database;
    if (database->dialect() != Dialect::sqlite) return;
    CHECK(ask_schema(database, R"sql(
        SELECT name FROM pragma_table_list
        WHERE type = 'table' AND NOT strict AND schema = 'main' AND name NOT LIKE 'sqlite_%'
    )sql")
        == Names{});
    CHECK(ask_schema(database, "SELECT name FROM sqlite_schema WHERE type = 'trigger'") == Names{});
    CHECK(ask_schema(database, R"sql(
        SELECT t.name FROM pragma_table_list AS t, pragma_foreign_key_list(t.name) AS f
        WHERE f.on_delete <> 'NO ACTION' OR f.on_update <> 'NO ACTION'
    )sql")
        == Names{});
}

}  // namespace leadcrm::db
