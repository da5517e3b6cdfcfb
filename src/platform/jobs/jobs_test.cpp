#include "platform/jobs/job_store.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/testing/database.hpp"

#include <doctest/doctest.h>

#include <future>
#include <string>
#include <vector>

namespace leadcrm::jobs {
namespace {

using namespace std::chrono_literals;
using Payloads = std::vector<std::string>;

// A queue without threads: what is due runs when the test says so.
struct Queue {
    testing::TestDatabase database;
    Workers workers{*database};
    Payloads ran;

    Queue()
    {
        on([](const Job&) {});
    }

    void on(Workers::Handler then)
    {
        workers.handle("test", [this, then](const Job& job) {
            ran.push_back(job.payload);
            then(job);
        });
    }
    void order(const Order& what)
    {
        database->write_platform([&](db::PlatformTx& tx) { enqueue(tx, what); });
    }
    void order_in(OrganizationId organization, const Order& what)
    {
        database->write(organization, [&](db::Tx& tx) { enqueue(tx, what); });
    }
    // As if so much time had passed.
    void elapse(std::chrono::microseconds time)
    {
        database->write_platform([&](db::PlatformTx& tx) {
            tx.run("UPDATE jobs SET run_at = run_at - $1, lease_until = lease_until - $1",
                time.count());
        });
    }
    std::int64_t rows()
    {
        return database->read_platform([](db::PlatformReader& db) {
            return db.one<std::int64_t>("SELECT COUNT(*) FROM jobs");
        });
    }
    std::vector<DeadJob> dead()
    {
        return database->read_platform([](db::PlatformReader& db) { return list_dead(db); });
    }
};

}  // namespace

TEST_CASE("an order runs after its transaction, and is gone when it is done")
{
    Queue queue;
    const auto acme = OrganizationId::make();
    queue.order_in(acme, {.kind = "test", .payload = "{\"page\":1}"});
    std::optional<OrganizationId> seen;
    queue.on([&](const Job& job) { seen = job.organization_id; });
    queue.workers.run_due();
    CHECK(queue.ran == Payloads{"{\"page\":1}"});
    CHECK(seen == acme);
    CHECK(queue.rows() == 0);
}

TEST_CASE("an order of a transaction that failed was never given")
{
    Queue queue;
    CHECK_THROWS(queue.database->write_platform([](db::PlatformTx& tx) {
        enqueue(tx, {.kind = "test"});
        throw std::runtime_error("changed my mind");
    }));
    queue.workers.run_due();
    CHECK(queue.ran.empty());
}

TEST_CASE("a job waits for its time, and the longest due goes first")
{
    Queue queue;
    queue.order({.kind = "test", .payload = "late", .delay = 1h});
    queue.order({.kind = "test", .payload = "later", .delay = 2h});
    queue.order({.kind = "test", .payload = "now"});
    queue.workers.run_due();
    CHECK(queue.ran == Payloads{"now"});
    queue.elapse(3h);
    queue.workers.run_due();
    CHECK(queue.ran == Payloads{"now", "late", "later"});
}

TEST_CASE("while the work of a key waits, ordering it again only brings it forward")
{
    Queue queue;
    queue.order({.kind = "test", .payload = "first", .key = "page 1", .delay = 1h});
    queue.order({.kind = "test", .payload = "second", .key = "page 1"});
    queue.order({.kind = "test", .payload = "third", .key = "page 1", .delay = 2h});
    queue.order({.kind = "test", .payload = "other", .key = "page 2", .delay = 1h});
    CHECK(queue.rows() == 2);
    queue.workers.run_due();
    CHECK(queue.ran == Payloads{"first"});
}

TEST_CASE("keys of two organizations do not meet")
{
    Queue queue;
    queue.order_in(OrganizationId::make(), {.kind = "test", .key = "page 1"});
    queue.order_in(OrganizationId::make(), {.kind = "test", .key = "page 1"});
    queue.order({.kind = "test", .key = "page 1"});
    queue.workers.run_due();
    CHECK(queue.ran.size() == 3);
}

TEST_CASE("work that is ordered while it is running runs once more, at the earliest time asked for")
{
    Queue queue;
    queue.on([&](const Job& job) {
        if (queue.ran.size() > 1) return;
        CHECK(job.key == "page 1");
        queue.order({.kind = "test", .key = "page 1", .delay = 1h});
        queue.order({.kind = "test", .key = "page 1"});
        queue.order({.kind = "test", .key = "page 1", .delay = 2h});
    });
    queue.order({.kind = "test", .key = "page 1"});
    queue.workers.run_due();
    CHECK(queue.ran.size() == 2);
    CHECK(queue.rows() == 0);
}

TEST_CASE("work that was ordered anew while it failed for good gets a new chance")
{
    Queue queue;
    queue.on([&](const Job& job) {
        if (queue.ran.size() > 1) {
            CHECK(job.attempt == 1);
            return;
        }
        queue.order({.kind = "test", .key = "page 1"});
        throw GiveUp("no such page");
    });
    queue.order({.kind = "test", .key = "page 1"});
    queue.workers.run_due();
    CHECK(queue.ran.size() == 2);
    CHECK(queue.dead().empty());
}

TEST_CASE("a job that fails waits longer each time, then is kept with its reason")
{
    Queue queue;
    queue.on([](const Job&) { throw std::runtime_error("the disk is full"); });
    queue.order({.kind = "test", .payload = "\"important\"", .key = "k", .attempts_max = 3});
    for (std::size_t attempt = 1; attempt <= 3; ++attempt) {
        queue.workers.run_due();
        CHECK(queue.ran.size() == attempt);
        queue.order({.kind = "test", .key = "k", .delay = 3h, .attempts_max = 3});
        queue.elapse(1h);
    }
    const auto dead = queue.dead();
    REQUIRE(dead.size() == 1);
    CHECK(dead[0].payload == "\"important\"");
    CHECK(dead[0].failures == 3);
    CHECK(dead[0].trouble == "the disk is full");
}

TEST_CASE("a new order does not shorten the wait that a failure has earned")
{
    Queue queue;
    queue.on([](const Job&) { throw TryAgain(1h, "throttled"); });
    queue.order({.kind = "test", .key = "page 1", .attempts_max = 1});
    queue.workers.run_due();
    queue.order({.kind = "test", .key = "page 1"});
    queue.workers.run_due();
    CHECK(queue.ran.size() == 1);
    queue.elapse(1h);
    queue.workers.run_due();
    CHECK(queue.ran.size() == 2);
    CHECK(queue.dead().empty());
}

TEST_CASE("a dead job begins anew when somebody says so")
{
    Queue queue;
    queue.on([](const Job&) { throw GiveUp("the token is wrong"); });
    queue.order({.kind = "test", .key = "page 1"});
    queue.workers.run_due();
    const auto id = queue.dead().at(0).id;
    const auto retry = [&] {
        return queue.database->write_platform(
            [&](db::PlatformTx& tx) { return retry_dead(tx, id); });
    };

    SUBCASE("and is done")
    {
        queue.on([](const Job& job) { CHECK(job.attempt == 1); });
        CHECK(retry());
        CHECK(queue.dead().empty());
        queue.workers.run_due();
        CHECK(queue.ran.size() == 2);
        CHECK(queue.rows() == 0);
    }
    SUBCASE("or is dropped when the same work waits already")
    {
        queue.order({.kind = "test", .key = "page 1"});
        CHECK(retry());
        CHECK(queue.rows() == 1);
        CHECK(queue.dead().empty());
    }
    SUBCASE("but only once")
    {
        CHECK(retry());
        CHECK_FALSE(retry());
    }
}

TEST_CASE("the dead are listed in pages, newest first")
{
    Queue queue;
    queue.on([](const Job&) { throw GiveUp("no"); });
    for (const auto* payload : {"1", "2", "3"}) queue.order({.kind = "test", .payload = payload});
    queue.workers.run_due();
    queue.database->read_platform([](db::PlatformReader& db) {
        const auto first = list_dead(db, std::nullopt, 2);
        REQUIRE(first.size() == 2);
        CHECK(first[0].payload == "3");
        const auto second = list_dead(db, first[1].id, 2);
        REQUIRE(second.size() == 1);
        CHECK(second[0].payload == "1");
    });
}

namespace {

// What a worker does up to the moment it dies.
std::vector<store::Claim> claim_and_die(Queue& queue)
{
    return queue.database->write_platform([](db::PlatformTx& tx) {
        const auto now = Instant::now();
        return store::claim(tx, "test", 10, now, now + 60s);
    });
}

}  // namespace

TEST_CASE("the jobs of a worker that died come back when its lease has ended")
{
    Queue queue;
    queue.order({.kind = "test"});
    CHECK(claim_and_die(queue).size() == 1);
    queue.workers.run_due();
    CHECK(queue.ran.empty());
    queue.elapse(61s);
    queue.on([](const Job& job) { CHECK(job.attempt == 2); });
    queue.workers.run_due();
    CHECK(queue.ran.size() == 1);
    CHECK(queue.rows() == 0);
}

TEST_CASE("a job that kills its workers does not do so for ever")
{
    Queue queue;
    queue.order({.kind = "test", .attempts_max = 2});
    claim_and_die(queue);
    queue.elapse(61s);
    queue.workers.run_due();
    REQUIRE(queue.ran.size() == 1);  // the second attempt, which happens to succeed

    queue.order({.kind = "test", .attempts_max = 1});
    claim_and_die(queue);
    queue.elapse(61s);
    queue.workers.run_due();
    CHECK(queue.ran.size() == 1);
    REQUIRE(queue.dead().size() == 1);
    CHECK(queue.dead()[0].trouble == "the worker died");
}

TEST_CASE("a worker that lost its lease has no say about the job any more")
{
    Queue queue;
    queue.order({.kind = "test"});
    const auto old = claim_and_die(queue).at(0);
    queue.elapse(61s);
    queue.database->write_platform([&](db::PlatformTx& tx) {
        const auto now = Instant::now();
        CHECK(store::return_lost(tx, now, now) == 1);
        const auto fresh = store::claim(tx, "test", 1, now, now + 60s);
        REQUIRE(fresh.size() == 1);
        CHECK(fresh[0].failures == 1);
        for (const auto ending : {store::Ending::done, store::Ending::retry, store::Ending::dead})
            CHECK_FALSE(store::end(tx, {old, ending, now}, now));
        store::renew(tx, old, now - 1s);
        CHECK(store::return_lost(tx, now, now) == 0);
        CHECK_FALSE(store::end(tx, {fresh[0], store::Ending::done}, now));
    });
    CHECK(queue.rows() == 0);
}

TEST_CASE("no more are claimed than asked for")
{
    Queue queue;
    for (int i = 0; i < 20; ++i) queue.order({.kind = "test"});
    queue.database->write_platform([](db::PlatformTx& tx) {
        const auto now = Instant::now();
        CHECK(store::claim(tx, "test", 7, now, now + 60s).size() == 7);
        CHECK(store::claim(tx, "test", 20, now, now + 60s).size() == 13);
        CHECK(store::claim(tx, "test", 20, now, now + 60s).empty());
    });
}

// SQLite has one writer, so only PostgreSQL can have an order that is given but not yet committed.
TEST_CASE("work whose next order is not committed yet is neither claimed nor over")
{
    Queue queue;
    if (queue.database->dialect() == db::Dialect::sqlite) return;
    std::promise<void> ordered;
    std::promise<void> commit;
    const auto order_slowly = [&] {
        queue.database->write_platform([&](db::PlatformTx& tx) {
            enqueue(tx, {.kind = "test", .key = "page 1"});
            ordered.set_value();
            commit.get_future().wait();
        });
    };
    queue.order({.kind = "test", .key = "page 1"});

    SUBCASE("it is not claimed")
    {
        auto order = std::async(std::launch::async, order_slowly);
        ordered.get_future().wait();
        CHECK(claim_and_die(queue).empty());
        commit.set_value();
        order.get();
        CHECK(claim_and_die(queue).size() == 1);
    }
    SUBCASE("it is not over when its worker is done")
    {
        const auto claim = claim_and_die(queue).at(0);
        auto order = std::async(std::launch::async, order_slowly);
        ordered.get_future().wait();
        auto end = std::async(std::launch::async, [&] {
            return queue.database->write_platform([&](db::PlatformTx& tx) {
                return store::end(tx, {claim, store::Ending::done}, Instant::now());
            });
        });
        CHECK(end.wait_for(100ms) == std::future_status::timeout);
        commit.set_value();
        order.get();
        CHECK(end.get());
        CHECK(claim_and_die(queue).size() == 1);
    }
}

}  // namespace leadcrm::jobs
