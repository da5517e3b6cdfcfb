#include "platform/db/migrate.hpp"

#include <doctest/doctest.h>

namespace leadcrm::db {

TEST_CASE("a migration is put into SQLite's words")
{
    CHECK(for_sqlite("CREATE TABLE t (id UUID PRIMARY KEY, n BIGINT, b BOOLEAN, d BYTEA,\n"
                     "    j JSONB CHECK (n > (1 + 2)), x DOUBLE PRECISION);\n"
                     "CREATE INDEX i ON t (n);")
        == "CREATE TABLE t (id BLOB PRIMARY KEY, n INTEGER, b INTEGER, d BLOB,\n"
           "    j TEXT CHECK (n > (1 + 2)), x REAL ) STRICT;\n"
           "CREATE INDEX i ON t (n);");
}

TEST_CASE("comments and texts of a migration are left alone")
{
    constexpr auto text = "-- a UUID (in a comment\nINSERT INTO t VALUES ('uuid) BIGINT');";
    CHECK(for_sqlite(text) == text);
}

}  // namespace leadcrm::db
