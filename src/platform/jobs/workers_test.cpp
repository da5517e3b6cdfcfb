#include "platform/jobs/job_store.hpp"
#include "platform/metrics/metrics.hpp"
#include "platform/testing/database.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace leadcrm::jobs {
namespace {

using namespace std::chrono_literals;

// Counts what happened on other threads and waits for it.
class Tally {
public:
    void add()
    {
        const std::lock_guard lock(mutex_);
        ++count_;
        changed_.notify_all();
    }
    bool reaches(int count)
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, 20s, [&] { return count_ >= count; });
    }
    int count()
    {
        const std::lock_guard lock(mutex_);
        return count_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int count_ = 0;
};

// How many are inside at once.
struct Crowd {
    std::atomic<int> now{0};
    std::atomic<int> most{0};

    void enter()
    {
        const int count = ++now;
        for (int seen = most; seen < count && !most.compare_exchange_weak(seen, count);) { }
    }
    void leave() { --now; }
};

void order(db::Database& database, const Order& what, int times = 1)
{
    database.write_platform([&](db::PlatformTx& tx) {
        for (int i = 0; i < times; ++i) enqueue(tx, what);
    });
}

std::int64_t rows(db::Database& database, const std::string& state)
{
    return database.read_platform([&](db::PlatformReader& db) {
        return db.one<std::int64_t>("SELECT COUNT(*) FROM jobs WHERE state = $1", state);
    });
}

}  // namespace

TEST_CASE("a job starts as soon as its order is committed, without waiting for a sweep")
{
    testing::TestDatabase database;
    Workers workers(*database);
    Tally done;
    workers.handle("test", [&](const Job&) { done.add(); });
    workers.start();
    for (int i = 1; i <= 20; ++i) {
        order(*database, {.kind = "test"});
        const auto before = std::chrono::steady_clock::now();
        REQUIRE(done.reaches(i));
        CHECK(std::chrono::steady_clock::now() - before < 10s);  // a sweep comes every fifteen
    }
    workers.stop();
    CHECK(rows(*database, "running") == 0);
}

TEST_CASE("jobs that were there before the workers began, and delayed ones, run in time")
{
    testing::TestDatabase database;
    order(*database, {.kind = "test"});
    Workers workers(*database);
    Tally done;
    workers.handle("test", [&](const Job&) { done.add(); });
    workers.start();
    CHECK(done.reaches(1));
    order(*database, {.kind = "test", .delay = 200ms});
    const auto before = std::chrono::steady_clock::now();
    CHECK(done.reaches(2));
    const auto waited = std::chrono::steady_clock::now() - before;
    CHECK(waited > 100ms);
    CHECK(waited < 10s);
}

TEST_CASE("every job is done exactly once, however many workers share the queue")
{
    testing::TestDatabase database;
    Tally plain;
    Tally limited;
    Crowd of_kind;
    Crowd of_key;
    const auto linger_in = [](Crowd& crowd) {
        crowd.enter();
        std::this_thread::sleep_for(2ms);
        crowd.leave();
    };
    Workers here(*database, 3);
    Workers there(*database, 3);
    for (auto* workers : {&here, &there}) {
        workers->handle("plain", [&](const Job&) { plain.add(); });
        workers->handle("limited",
            [&](const Job&) {
                linger_in(of_kind);
                limited.add();
            },
            {.at_once = 1});
        workers->handle("keyed", [&](const Job&) { linger_in(of_key); });
        workers->start();
    }
    for (int i = 0; i < 20; ++i) {
        order(*database, {.kind = "plain"}, 10);
        order(*database, {.kind = "limited"});
        order(*database, {.kind = "keyed", .key = "one"});
    }
    REQUIRE(plain.reaches(200));
    REQUIRE(limited.reaches(20));
    here.stop();
    there.stop();
    CHECK(rows(*database, "running") == 0);
    CHECK(rows(*database, "waiting") <= 1);  // the keyed one, perhaps
    CHECK(plain.count() == 200);
    CHECK(limited.count() == 20);
    CHECK(of_kind.most <= 2);  // one in each
    CHECK(of_key.most == 1);
}

TEST_CASE("a lease is renewed while its job is running")
{
    testing::TestDatabase database;
    Tally begun;
    Workers here(*database);
    here.handle("test",
        [&](const Job&) {
            begun.add();
            std::this_thread::sleep_for(5s);
        },
        {.lease = 2s});
    here.start();
    order(*database, {.kind = "test"});
    REQUIRE(begun.reaches(1));
    for (int i = 0; i < 8; ++i) {
        std::this_thread::sleep_for(500ms);
        database->write_platform([](db::PlatformTx& tx) {
            const auto now = Instant::now();
            CHECK(store::return_lost(tx, now, now) == 0);
        });
    }
    here.stop();
    CHECK(rows(*database, "running") == 0);
    CHECK(begun.count() == 1);
}

TEST_CASE("stopping lets what is running finish and gives the rest back")
{
    testing::TestDatabase database;
    Tally begun;
    Tally done;
    Workers workers(*database, 2);
    workers.handle("test", [&](const Job&) {
        begun.add();
        std::this_thread::sleep_for(200ms);
        done.add();
    });
    workers.start();
    order(*database, {.kind = "test"}, 10);
    REQUIRE(begun.reaches(2));
    workers.stop();
    CHECK(done.count() == begun.count());
    CHECK(rows(*database, "running") == 0);
    CHECK(rows(*database, "waiting") == 10 - done.count());
}

TEST_CASE("a job that outlasts the patience of a stop is given back")
{
    testing::TestDatabase database;
    Tally begun;
    std::atomic<bool> let_go{false};
    Workers workers(*database, 1);
    workers.handle("test", [&](const Job&) {
        begun.add();
        while (!let_go) std::this_thread::sleep_for(1ms);
    });
    workers.start();
    order(*database, {.kind = "test"});
    REQUIRE(begun.reaches(1));
    workers.stop(50ms, [&] {
        while (rows(*database, "waiting") == 0) std::this_thread::sleep_for(1ms);
        let_go = true;
    });
    CHECK(rows(*database, "waiting") == 1);
}

TEST_CASE("operators see what waits and how jobs ended")
{
    testing::TestDatabase database;
    Workers workers(*database);
    workers.handle("measured", [](const Job& job) {
        if (job.payload == "1") throw GiveUp("no");
    });
    order(*database, {.kind = "measured"});
    order(*database, {.kind = "measured", .payload = "1"});
    order(*database, {.kind = "measured", .delay = std::chrono::hours(1)});
    workers.run_due();
    const auto text = metrics::exposition();
    const auto shows = [&](const char* line) { return text.find(line) != std::string::npos; };
    CHECK(shows("leadcrm_jobs_total{kind=\"measured\",result=\"done\"} 1"));
    CHECK(shows("leadcrm_jobs_total{kind=\"measured\",result=\"dead\"} 1"));
    CHECK(shows("leadcrm_jobs_waiting{kind=\"measured\"} 1"));
    CHECK(shows("leadcrm_job_seconds_count{kind=\"measured\"} 2"));
}

}  // namespace leadcrm::jobs
