// What only PostgreSQL has: row-level security by itself, roles, retries, lost connections.
#include "platform/db/migrate.hpp"
#include "platform/db/postgres_database.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/postgres_server.hpp"

#include <doctest/doctest.h>

#include <atomic>

namespace leadcrm::db {
namespace {

constexpr MigrationFile secrets_table{"9200_secrets.sql", R"sql(
    CREATE TABLE secrets (
        organization_id UUID NOT NULL REFERENCES organizations (id),
        id UUID NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (organization_id, id)
    );
    CREATE TABLE tallies (id BIGINT PRIMARY KEY, count BIGINT NOT NULL);
    INSERT INTO tallies VALUES (1, 0), (2, 0);
)sql"};

struct Server {
    testing::TestDatabase database;
    OrganizationId acme;
    OrganizationId globex;

    Server() : acme(database.add_organization()), globex(database.add_organization())
    {
        auto files = std::vector(migration_files().begin(), migration_files().end());
        files.push_back(secrets_table);
        migrate(*database, files);
        for (const auto& organization : {acme, globex})
            database->write(organization, [&](Tx& tx) {
                tx.run("INSERT INTO secrets (organization_id, id, text) VALUES ($1, $2, $3)",
                    make_uuid(), organization == acme ? "acme's" : "globex's");
            });
    }
    void end_all_connections()
    {
        testing::run_as_postgres_admin(database.settings().url,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()");
    }
};

using Texts = std::vector<std::string>;

// A row of each organization in every tenant table, whatever its columns mean.
constexpr auto fill_every_table = R"sql(
    DO $$
    DECLARE
        tenant record;
        broken record;
        organization uuid;
    BEGIN
        FOR broken IN SELECT conrelid::regclass AS name, conname FROM pg_constraint
            WHERE contype IN ('c', 'f') AND connamespace = 'public'::regnamespace
        LOOP
            EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', broken.name, broken.conname);
        END LOOP;
        FOR tenant IN
            SELECT c.oid::regclass AS name,
                string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns,
                string_agg(CASE
                    WHEN a.attname = 'organization_id' THEN '$1'
                    WHEN a.atttypid = 'uuid'::regtype THEN 'gen_random_uuid()'
                    WHEN a.atttypid = 'bytea'::regtype THEN quote_literal('x') || '::bytea'
                    WHEN a.atttypid = 'jsonb'::regtype THEN quote_literal('[]') || '::jsonb'
                    WHEN a.atttypid = 'boolean'::regtype THEN 'false'
                    WHEN a.atttypid = 'text'::regtype THEN 'md5($1::text)'
                    ELSE '1' END, ', ' ORDER BY a.attnum) AS cells
            FROM pg_class AS c
            JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary
            JOIN pg_attribute AS k ON k.attrelid = c.oid AND k.attnum = i.indkey[0]
            JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE k.attname = 'organization_id' AND c.relnamespace = 'public'::regnamespace
            GROUP BY c.oid
        LOOP
            EXECUTE format('DELETE FROM %s', tenant.name);
            FOR organization IN SELECT id FROM organizations LOOP
                EXECUTE format('INSERT INTO %s (%s) VALUES (%s)', tenant.name, tenant.columns,
                    tenant.cells) USING organization;
            END LOOP;
        END LOOP;
    END $$
)sql";

}  // namespace

TEST_CASE("with the guard off, row-level security alone keeps organizations apart"
    * doctest::skip(!testing::has_postgres_server()))
{
    Server server;
    PostgresDatabase unguarded(server.database.settings(), Guarding::off);
    const auto all = [](const Questions& db) {
        return db.rows<std::string>("SELECT text FROM secrets");
    };
    CHECK(unguarded.read(server.acme, [&](Reader& db) { return all(db); }) == Texts{"acme's"});
    CHECK(unguarded.read_platform([&](PlatformReader& db) { return all(db); }) == Texts{});

    unguarded.write(server.acme, [&](Tx& tx) {
        CHECK(tx.run("UPDATE secrets SET text = 'taken'") == 1);
        CHECK(tx.run("DELETE FROM secrets WHERE organization_id = $2", server.globex) == 0);
    });
    CHECK_THROWS_AS(
        unguarded.write(server.acme,
            [&](Tx& tx) {
                tx.run("INSERT INTO secrets (organization_id, id, text) VALUES ($2, $3, 'planted')",
                    server.globex, make_uuid());
            }),
        Failure);
    CHECK_THROWS_AS(
        unguarded.write(server.acme,
            [&](Tx& tx) { tx.run("UPDATE secrets SET organization_id = $2", server.globex); }),
        Failure);
    CHECK(unguarded.read(server.globex, [&](Reader& db) { return all(db); }) == Texts{"globex's"});
}

TEST_CASE("with the guard off, row-level security alone keeps every tenant table apart"
    * doctest::skip(!testing::has_postgres_server()))
{
    Server server;
    testing::run_as_postgres_admin(server.database.settings().url, fill_every_table);
    PostgresDatabase unguarded(server.database.settings(), Guarding::off);
    const auto tables = unguarded.read_platform([](PlatformReader& db) {
        return db.rows<std::string>(R"sql(
            SELECT c.relname FROM pg_class AS c
            JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary
            WHERE pg_get_indexdef(i.indexrelid) LIKE '%(organization_id%'
        )sql");
    });
    CHECK(tables.size() > 25);
    for (const auto& table : tables) {
        CAPTURE(table);
        const auto all = [&](const Questions& db) {
            return db.rows<OrganizationId>("SELECT organization_id FROM " + table);
        };
        const auto mine = std::vector{server.acme};
        CHECK(unguarded.read(server.acme, [&](Reader& db) { return all(db); }) == mine);
        CHECK(unguarded.read_platform([&](PlatformReader& db) { return all(db); }).empty());
        CHECK_THROWS_AS(unguarded.write(server.acme,
                            [&](Tx& tx) {
                                tx.run(
                                    "UPDATE " + table + " SET organization_id = $2", server.globex);
                            }),
            Failure);
        unguarded.write(server.acme, [&](Tx& tx) { CHECK(tx.run("DELETE FROM " + table) == 1); });
        CHECK(unguarded.read(server.globex, [&](Reader& db) { return all(db); })
            == std::vector{server.globex});
    }
}

TEST_CASE("every tenant table has row-level security, forced"
    * doctest::skip(!testing::has_postgres_server()))
{
    Server server;
    PostgresDatabase unguarded(server.database.settings(), Guarding::off);
    unguarded.read_platform(
        [](PlatformReader& db) {
            CHECK(db.one<std::int64_t>("SELECT count(*) FROM pg_policy") > 3);
            CHECK(db.rows<std::string>(R"sql(
            SELECT c.relname FROM pg_class AS c
            JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary
            WHERE pg_get_indexdef(i.indexrelid) LIKE '%(organization_id%'
                AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
        )sql") == Texts{});
        });
}

TEST_CASE("a role that can step around row-level security is refused"
    * doctest::skip(!testing::has_postgres_server()))
{
    testing::TestDatabase database;
    auto settings = database.settings();
    const auto user = settings.url.find("leadcrm_app");
    REQUIRE(user != std::string::npos);
    settings.url.replace(user, std::string_view("leadcrm_app").size(), "postgres");
    CHECK_THROWS_AS(Database::open(settings), Failure);
}

TEST_CASE("work goes on over a new connection when the server has ended the old ones"
    * doctest::skip(!testing::has_postgres_server()))
{
    Server server;
    const auto text = [](Reader& db) {
        return db.one<std::string>("SELECT text FROM secrets WHERE organization_id = $1");
    };
    CHECK(server.database->read(server.acme, text) == "acme's");
    server.end_all_connections();
    CHECK(server.database->read(server.acme, text) == "acme's");
}

TEST_CASE("a connection lost at the commit is told, because nobody knows how the commit ended"
    * doctest::skip(!testing::has_postgres_server()))
{
    Server server;
    int runs = 0;
    try {
        server.database->write(server.acme, [&](Tx& tx) {
            tx.run("UPDATE secrets SET text = $2 WHERE organization_id = $1", "new");
            ++runs;
            server.end_all_connections();
        });
        FAIL("it was taken for committed");
    } catch (const Failure& failure) {
        CHECK(failure.kind == Failure::Kind::unavailable);
    }
    CHECK(runs == 1);
}

TEST_CASE("a connection lost in the middle of writing runs the work again, once stored"
    * doctest::skip(!testing::has_postgres_server()))
{
    Server server;
    int runs = 0;
    server.database->write(server.acme, [&](Tx& tx) {
        tx.run(
            "INSERT INTO secrets (organization_id, id, text) VALUES ($1, $2, 'more')", make_uuid());
        if (++runs == 1) server.end_all_connections();
        tx.run("UPDATE secrets SET text = 'same' WHERE organization_id = $1");
    });
    CHECK(runs == 2);
    CHECK(server.database->read(server.acme, [](Reader& db) {
        return db.rows<std::string>("SELECT text FROM secrets WHERE organization_id = $1");
    }) == Texts{"same", "same"});
}

TEST_CASE("two that wait for each other are both done in the end"
    * doctest::skip(!testing::has_postgres_server()))
{
    Server server;
    std::atomic<int> in_the_middle = 0;
    std::atomic<int> runs = 0;
    auto add_to = [&](int first, int second) {
        server.database->write_platform([&](PlatformTx& tx) {
            constexpr auto add = "UPDATE tallies SET count = count + 1 WHERE id = $1";
            ++runs;
            tx.run(add, first);
            ++in_the_middle;
            while (in_the_middle < 2) std::this_thread::yield();
            tx.run(add, second);
        });
    };
    std::thread other([&] { add_to(2, 1); });
    add_to(1, 2);
    other.join();
    CHECK(runs > 2);
    server.database->read_platform([](PlatformReader& db) {
        CHECK(db.rows<std::int64_t>("SELECT count FROM tallies ORDER BY id")
            == std::vector<std::int64_t>{2, 2});
    });
}

TEST_CASE("a signal reaches other processes that share the database"
    * doctest::skip(!testing::has_postgres_server()))
{
    testing::TestDatabase database;
    const auto elsewhere = Database::open(database.settings());
    std::promise<std::string> heard;
    elsewhere->on_signal(
        "news", [&](std::string_view payload) { heard.set_value(std::string(payload)); });
    database->write_platform([](PlatformTx& tx) { tx.signal("news", "a b"); });
    CHECK(heard.get_future().get() == "a b");
}

TEST_CASE("work that goes on after a failed statement is not committed by halves"
    * doctest::skip(!testing::has_postgres_server()))
{
    Server server;
    CHECK_THROWS_AS(server.database->write_platform([](PlatformTx& tx) {
        tx.run("UPDATE tallies SET count = 7 WHERE id = $1", 1);
        try {
            tx.run("INSERT INTO tallies (id, count) VALUES ($1, 0)", 1);
        } catch (const Failure& failure) {
            CHECK(failure.kind == Failure::Kind::conflict);
        }
    }),
        Failure);
    server.database->read_platform([](PlatformReader& db) {
        CHECK(db.one<std::int64_t>("SELECT count FROM tallies WHERE id = $1", 1) == 0);
    });
}

}  // namespace leadcrm::db
