// What holds on both databases: SQLite, and PostgreSQL when TEST_POSTGRES_URL is set.
#include "platform/db/migrate.hpp"
#include "platform/testing/database.hpp"

#include <boost/describe.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

namespace leadcrm::db {
namespace {

BOOST_DEFINE_ENUM_CLASS(Mood, sunny, rainy)

struct Extra {
    std::string note;
    std::int64_t count = 0;
    bool operator==(const Extra&) const = default;
};
BOOST_DESCRIBE_STRUCT(Extra, (), (note, count))

using ThingId = Id<"thing">;

struct Thing {
    ThingId id;
    Text<1, 50> name;
    std::optional<std::string> nickname;
    Mood mood = Mood::sunny;
    bool done = false;
    double weight = 0;
    Instant at;
    Blob bytes;
    Extra extra;
    std::vector<std::string> tags;
    bool operator==(const Thing&) const = default;
};
BOOST_DESCRIBE_STRUCT(Thing, (), (id, name, nickname, mood, done, weight, at, bytes, extra, tags))

constexpr MigrationFile things_table{"9000_things.sql", R"sql(
        CREATE TABLE things (
            organization_id UUID NOT NULL REFERENCES organizations (id),
            id UUID NOT NULL,
            name TEXT NOT NULL,
            nickname TEXT,
            mood TEXT NOT NULL CHECK (mood IN ('sunny', 'rainy')),
            done BOOLEAN NOT NULL,
            weight DOUBLE PRECISION NOT NULL,
            at BIGINT NOT NULL,
            bytes BYTEA NOT NULL,
            extra JSONB NOT NULL,
            tags JSONB NOT NULL,
            PRIMARY KEY (organization_id, id),
            UNIQUE (organization_id, name)
        );
    )sql"};

// A database with the table of things and one organization.
struct Things {
    testing::TestDatabase database;
    OrganizationId home;

    Things() : home(database.add_organization())
    {
        auto files = std::vector(migration_files().begin(), migration_files().end());
        files.push_back(things_table);
        migrate(*database, files);
    }

    void keep(const Thing& thing)
    {
        database->write(home, [&](Tx& tx) { insert(tx, thing); });
    }
    static std::int64_t insert(Tx& tx, const Thing& thing)
    {
        return tx.store(
            "INSERT INTO things (organization_id, {columns}) VALUES ($1, {values})", thing);
    }
    std::int64_t count()
    {
        return database->read(home, [](Reader& db) {
            return db.one<std::int64_t>("SELECT count(*) FROM things WHERE organization_id = $1");
        });
    }
};

Thing a_thing(std::string name = "Kite")
{
    return {ThingId::make(), {std::move(name)}, std::nullopt, Mood::rainy, true, 2.5,
        Instant::now(), {std::string("a\0b\xff", 4)}, {"it's {columns} $1 \\ \"x\"", 3},
        {"red", "blue"}};
}

Failure failure_of(const std::function<void()>& action)
{
    try {
        action();
    } catch (const Failure& failure) {
        return failure;
    }
    return Failure(Failure::Kind::forbidden, "nothing was thrown");
}

}  // namespace

TEST_CASE("a record of every type comes back as it was stored")
{
    Things things;
    auto kite = a_thing();
    auto ball = a_thing("Ball");
    ball.nickname = "Bally";
    ball.bytes = {};
    things.keep(kite);
    things.keep(ball);

    const auto found = things.database->read(things.home, [](Reader& db) {
        return db.rows<Thing>(
            "SELECT {t.columns} FROM things t WHERE t.organization_id = $1 ORDER BY t.name DESC");
    });
    CHECK(found == std::vector{kite, ball});
}

TEST_CASE("rows are read as tuples and single values too")
{
    Things things;
    things.keep(a_thing());
    things.database->read(things.home, [](Reader& db) {
        const auto [name, weight] = db.one<std::tuple<std::string, double>>(
            "SELECT name, weight FROM things WHERE organization_id = $1");
        CHECK(name == "Kite");
        CHECK(weight == 2.5);
        CHECK_FALSE(db.row<std::string>(
            "SELECT name FROM things WHERE organization_id = $1 AND name = $2", "Boat"));
        CHECK(db.rows<std::optional<std::string>>(
                  "SELECT nickname FROM things WHERE organization_id = $1")
            == std::vector<std::optional<std::string>>{std::nullopt});
    });
}

TEST_CASE("a cell that does not hold what is asked for is a failure, not a guess")
{
    Things things;
    things.keep(a_thing());
    auto ask = [&]<class T>(const char* column) {
        return failure_of([&] {
            things.database->read(things.home, [&](Reader& db) {
                db.rows<T>(
                    "SELECT " + std::string(column) + " FROM things WHERE organization_id = $1");
            });
        }).kind;
    };
    CHECK(ask.operator()<std::string>("at") == Failure::Kind::internal);
    CHECK(ask.operator()<std::int64_t>("name") == Failure::Kind::internal);
    CHECK(ask.operator()<std::string>("nickname") == Failure::Kind::internal);
    CHECK(ask.operator()<ThingId>("bytes") == Failure::Kind::internal);
    CHECK(ask.operator()<Mood>("name") == Failure::Kind::internal);
    CHECK(ask.operator()<std::string>("name, mood") == Failure::Kind::internal);
}

TEST_CASE("a query grows by conditions whose values number themselves")
{
    Things things;
    for (const char* name : {"Ball", "Boat", "Kite"}) things.keep(a_thing(name));
    auto names = [&](const Sql& sql) {
        return things.database->read(
            things.home, [&](Reader& db) { return db.rows<std::string>(sql); });
    };
    Sql sql("SELECT name FROM things WHERE organization_id = $1 AND name <> $2", "Boat");
    CHECK(names(Sql(sql).add(" ORDER BY name LIMIT $", 1)) == std::vector<std::string>{"Ball"});
    CHECK(names(Sql(sql).add_in("name", std::vector<std::string>{"Boat", "Kite"}))
        == std::vector<std::string>{"Kite"});
    CHECK(names(Sql(sql).add_in("name", std::vector<std::string>{})).empty());
    CHECK(
        failure_of([&] { names(Sql(sql).add(" AND name = $")); }).kind == Failure::Kind::internal);
}

TEST_CASE("work that throws leaves nothing behind and hands its exception over")
{
    Things things;
    auto fail = [&] {
        things.database->write(things.home, [](Tx& tx) {
            Things::insert(tx, a_thing());
            throw std::logic_error("not today");
        });
    };
    CHECK_THROWS_AS(fail(), std::logic_error);
    CHECK(things.count() == 0);
}

TEST_CASE("what a transaction stores is seen by itself at once and by others after the commit")
{
    Things things;
    things.database->write(things.home, [&](Tx& tx) {
        Things::insert(tx, a_thing());
        CHECK(tx.one<std::int64_t>("SELECT count(*) FROM things WHERE organization_id = $1") == 1);
        CHECK(things.count() == 0);
    });
    CHECK(things.count() == 1);
}

TEST_CASE("reading sees one moment, whatever is written meanwhile")
{
    Things things;
    things.database->read(things.home, [&](Reader& db) {
        const auto count = [&] {
            return db.one<std::int64_t>("SELECT count(*) FROM things WHERE organization_id = $1");
        };
        CHECK(count() == 0);
        things.keep(a_thing());
        CHECK(count() == 0);
    });
    CHECK(things.count() == 1);
}

TEST_CASE("a reader cannot write")
{
    Things things;
    CHECK_THROWS_AS(things.database->read(things.home,
                        [&](Reader& db) {
                            db.rows<Instant>("DELETE FROM things WHERE organization_id = $1 "
                                             "RETURNING at");
                        }),
        Failure);
}

TEST_CASE("the number of rows changed is told, and rows may come back from a change")
{
    Things things;
    things.database->write(things.home, [](Tx& tx) {
        CHECK(Things::insert(tx, a_thing("Ball")) == 1);
        CHECK(Things::insert(tx, a_thing("Boat")) == 1);
        CHECK(tx.store("INSERT INTO things (organization_id, {columns}) VALUES ($1, {values}) "
                       "ON CONFLICT (organization_id, name) DO NOTHING",
                  a_thing("Boat"))
            == 0);
        CHECK(tx.rows<std::string>(
                    "UPDATE things SET done = $2 WHERE organization_id = $1 RETURNING name", false)
                  .size()
            == 2);
        CHECK(tx.run("DELETE FROM things WHERE organization_id = $1") == 2);
    });
}

TEST_CASE("errors of the database become failures by their code")
{
    Things things;
    things.keep(a_thing());
    CHECK(failure_of([&] { things.keep(a_thing()); }).kind == Failure::Kind::conflict);

    const auto lost = OrganizationId::make();
    auto store_for_nobody = [&] {
        things.database->write(lost, [](Tx& tx) { Things::insert(tx, a_thing()); });
    };
    CHECK(failure_of(store_for_nobody).kind == Failure::Kind::conflict);

    const auto nonsense = failure_of([&] {
        things.database->read(things.home, [](Reader& db) { db.rows<bool>("SELECT FROM WHERE"); });
    });
    CHECK(nonsense.kind == Failure::Kind::internal);
    CHECK(nonsense.message.find("SELECT") == std::string::npos);
}

TEST_CASE("a failed statement does not spoil the work that goes on without it")
{
    Things things;
    things.keep(a_thing());
    CHECK(failure_of([&] { things.keep(a_thing()); }).kind == Failure::Kind::conflict);
    things.keep(a_thing("Boat"));
    CHECK(things.count() == 2);
}

TEST_CASE("actions and signals come after the commit, and not after a failure")
{
    Things things;
    std::atomic<int> acted = 0;
    std::promise<std::string> told;
    std::atomic<int> signals = 0;
    things.database->on_signal("things", [&](std::string_view payload) {
        if (++signals == 1) told.set_value(std::string(payload));
    });

    CHECK_THROWS(things.database->write(things.home, [&](Tx& tx) {
        tx.after_commit([&] { ++acted; });
        tx.signal("things", "never");
        throw std::logic_error("not today");
    }));
    things.database->write(things.home, [&](Tx& tx) {
        Things::insert(tx, a_thing());
        tx.after_commit([&] { ++acted; });
        tx.signal("things", "it's here");
    });
    CHECK(told.get_future().get() == "it's here");
    CHECK(acted == 1);
    CHECK(signals == 1);
}

TEST_CASE("writers at the same time all get what they stored, and the one that fails fails alone")
{
    Things things;
    constexpr int writers = 8;
    constexpr int each = 25;
    std::atomic<int> failed = 0;
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer)
        threads.emplace_back([&, writer] {
            for (int i = 0; i < each; ++i) {
                // Every fifth comes under a name that is taken.
                const int number = i % 5 == 4 ? i - 1 : i;
                try {
                    things.keep(a_thing(std::to_string(writer) + "/" + std::to_string(number)));
                } catch (const Failure& failure) {
                    if (failure.kind == Failure::Kind::conflict) ++failed;
                }
            }
        });
    for (auto& thread : threads) thread.join();
    CHECK(failed == writers * each / 5);
    CHECK(things.count() == writers * each - failed);
}

TEST_CASE("a rule that reads before it writes holds among writers of one organization")
{
    Things things;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            things.database->write(things.home, [](Tx& tx) {
                const auto count =
                    tx.one<std::int64_t>("SELECT count(*) FROM things WHERE organization_id = $1");
                if (count < 3) Things::insert(tx, a_thing("Thing " + std::to_string(count)));
            });
        });
    for (auto& thread : threads) thread.join();
    CHECK(things.count() == 3);
}

TEST_CASE("a full queue refuses more work and says so")
{
    testing::TestDatabase database;
    auto settings = database.settings();
    settings.queue_max = 2;
    settings.readers = 1;
    auto small = Database::open(settings);

    std::promise<void> may_go;
    const auto gate = may_go.get_future().share();
    std::promise<void> first_runs;
    std::atomic<int> done = 0;
    small->start_read(
        [&](PlatformReader&) {
            first_runs.set_value();
            gate.wait();
        },
        [&](std::exception_ptr) { ++done; });
    first_runs.get_future().wait();
    const auto nothing = [](PlatformReader&) {};
    small->start_read(nothing, [&](std::exception_ptr) { ++done; });
    small->start_read(nothing, [&](std::exception_ptr) { ++done; });
    CHECK(failure_of([&] { small->start_read(nothing, [&](std::exception_ptr) { ++done; }); }).kind
        == Failure::Kind::unavailable);
    may_go.set_value();
    small.reset();  // finishes what was accepted
    CHECK(done == 3);
}

TEST_CASE("what was committed is there after a restart")
{
    Things things;
    things.keep(a_thing());
    things.database.reopen();
    CHECK(things.count() == 1);
}

TEST_CASE("a schema from a newer program is left alone")
{
    Things things;
    const auto failure = failure_of([&] { migrate(*things.database); });
    CHECK(failure.kind == Failure::Kind::internal);
    CHECK(failure.detail.find("9000_things") != std::string::npos);
}

TEST_CASE("a migration that fails leaves the schema as it was")
{
    testing::TestDatabase database;
    auto files = std::vector(migration_files().begin(), migration_files().end());
    files.push_back({"9001_good.sql", "CREATE TABLE good (id BIGINT PRIMARY KEY);"});
    files.push_back({"9002_bad.sql", "CREATE TABLE bad (id BIGINT PRIMARY KEY"});
    CHECK_THROWS_AS(migrate(*database, files), Failure);
    files.pop_back();
    migrate(*database, files);
    migrate(*database, files);
    database->write_platform([](PlatformTx& tx) { tx.run("INSERT INTO good (id) VALUES ($)", 1); });
}

TEST_CASE("a row's handler may ask the same question again")
{
    Things things;
    for (const char* name : {"Ball", "Boat"}) things.keep(a_thing(name));
    int met = 0;
    things.database->read(things.home, [&](Reader& db) {
        const Sql sql("SELECT name FROM things WHERE organization_id = $1");
        db.each<std::string>(sql, [&](const std::string&) {
            db.each<std::string>(sql, [&](const std::string&) { ++met; });
        });
    });
    CHECK(met == 4);
}

}  // namespace leadcrm::db
