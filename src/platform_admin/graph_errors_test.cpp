#include "meta/call_counts.hpp"
#include "platform/testing/database.hpp"
#include "platform_admin/graph_errors.hpp"
#include "platform_admin/oversight.hpp"

#include <doctest/doctest.h>

#include <chrono>

namespace leadcrm::platform_admin {
namespace {

using namespace std::chrono_literals;

struct Counted {
    testing::TestDatabase database;
    OrganizationId acme = database.add_organization("Acme");
    OrganizationId globex = database.add_organization("Globex");
    Instant now = Instant::now();

    void note(meta::CallCounts& counts, const OrganizationId& id, const char* outcome, int times,
        std::chrono::hours ago = 0h)
    {
        for (int i = 0; i < times; ++i) counts.note(id, outcome, now - ago);
    }
    GraphErrors errors()
    {
        return database->read_platform(
            [&](db::PlatformReader& db) { return list_graph_errors(db, now); });
    }
    std::map<OrganizationId, double> shares()
    {
        return database->read_platform(
            [&](db::PlatformReader& db) { return graph_error_shares(db, now); });
    }
    std::int64_t rows()
    {
        return database->read_platform([](db::PlatformReader& db) {
            return db.one<std::int64_t>("SELECT count(*) FROM graph_hours");
        });
    }
};

}  // namespace

TEST_CASE("calls of several servers add up, by hour, the worst organization first")
{
    Counted counted;
    meta::CallCounts one(*counted.database);
    meta::CallCounts another(*counted.database);
    counted.note(one, counted.acme, "good", 3);
    counted.note(one, counted.acme, "wait", 1);
    counted.note(another, counted.acme, "wait", 2);
    counted.note(another, counted.globex, "reconnect", 5, 2h);
    counted.note(another, counted.globex, "good", 5, 1h);
    CHECK(counted.errors().organizations.empty());
    one.store();
    another.store();
    one.store();  // nothing came since

    const auto found = counted.errors();
    CHECK(found.last_hour <= counted.now);
    CHECK(found.last_hour - found.first_hour == 167h);
    REQUIRE(found.organizations.size() == 2);
    const auto& worst = found.organizations[0];
    CHECK(worst.organization == "Globex");
    CHECK(worst.calls == 10);
    CHECK(worst.errors == 5);
    REQUIRE(worst.hours.size() == 2);
    CHECK(worst.hours[0].errors == 5);
    CHECK(worst.hours[1].errors == 0);
    CHECK(worst.hours[1].hour - worst.hours[0].hour == 1h);
    CHECK(found.organizations[1].organization == "Acme");
    CHECK(found.organizations[1].calls == 6);
    CHECK(found.organizations[1].errors == 3);
    CHECK(counted.shares().at(counted.acme) == 0.5);
}

TEST_CASE(
    "who has no error is not listed, what is older than a week neither, nor than a day shared")
{
    Counted counted;
    meta::CallCounts counts(*counted.database);
    counted.note(counts, counted.acme, "good", 4);
    counted.note(counts, counted.globex, "operate", 4, 25h);
    counts.store();
    CHECK(counted.errors().organizations.size() == 1);
    CHECK(counted.shares().at(counted.acme) == 0);
    CHECK_FALSE(counted.shares().contains(counted.globex));

    Counted old;
    meta::CallCounts others(*old.database);
    old.note(others, old.acme, "operate", 1, 169h);
    others.store();
    CHECK(old.errors().organizations.empty());
    CHECK(old.rows() == 1);
}

TEST_CASE("hours go after thirty days, and a deleted organization is counted no more")
{
    Counted counted;
    meta::CallCounts counts(*counted.database);
    counted.note(counts, counted.acme, "good", 1, 31 * 24h);
    counts.store();
    counted.note(counts, OrganizationId::make(), "good", 1);
    counts.store();
    CHECK(counted.rows() == 0);
}

TEST_CASE("what came together is stored when the server stops")
{
    Counted counted;
    meta::CallCounts counts(*counted.database);
    counts.start();
    counted.note(counts, counted.acme, "retry", 1);
    counts.stop();
    CHECK(counted.rows() == 1);
    const auto lines = counted.database->read_platform([&](db::PlatformReader& db) {
        return list_organizations(db, counted.now, {.name = "acme"});
    });
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].graph_error_share == 1.0);
}

}  // namespace leadcrm::platform_admin
