#include "platform/jobs/attempt.hpp"

#include <doctest/doctest.h>

#include <set>

namespace leadcrm::jobs {
namespace {

using namespace std::chrono_literals;
using store::Ending;

store::Claim third_of_four() { return {.kind = "test", .failures = 2, .attempts_max = 4}; }

}  // namespace

TEST_CASE("a handler that returns has done the job")
{
    int attempt_seen = 0;
    const auto ended =
        attempt(third_of_four(), [&](const Job& job) { attempt_seen = job.attempt; });
    CHECK(ended.ending == Ending::done);
    CHECK(attempt_seen == 3);
}

TEST_CASE("a handler that throws is tried again, until its attempts are used up")
{
    const auto fail = [](const Job&) { throw Failure::internal("disk full"); };
    const auto before = Instant::now();
    const auto third = attempt(third_of_four(), fail);
    CHECK(third.ending == Ending::retry);
    CHECK(third.counts_as_failure);
    CHECK(third.trouble == "disk full");
    CHECK(third.retry_at <= before + longest_wait(3) + 1s);

    auto last = third_of_four();
    last.failures = 3;
    CHECK(attempt(last, fail).ending == Ending::dead);
    CHECK(attempt(last, [](const Job&) { throw 7; }).ending == Ending::dead);
}

TEST_CASE("a handler that asks for another time gets it, even after its last attempt")
{
    auto last = third_of_four();
    last.failures = 3;
    const auto before = Instant::now();
    const auto ended = attempt(last, [](const Job&) { throw TryAgain(10min, "throttled"); });
    CHECK(ended.ending == Ending::retry);
    CHECK_FALSE(ended.counts_as_failure);
    CHECK(ended.retry_at >= before + 10min);
    CHECK(ended.retry_at < before + 11min);
}

TEST_CASE("a handler that gives up is not asked again")
{
    const auto ended = attempt(third_of_four(), [](const Job&) { throw GiveUp("no such page"); });
    CHECK(ended.ending == Ending::dead);
    CHECK(ended.trouble == "no such page");
}

TEST_CASE("the longest wait doubles with each failure, up to an hour")
{
    CHECK(longest_wait(1) == 1s);
    CHECK(longest_wait(2) == 2s);
    CHECK(longest_wait(12) == 2048s);
    CHECK(longest_wait(13) == 1h);
    CHECK(longest_wait(1'000'000) == 1h);
    CHECK(longest_wait(0) == 1s);
}

TEST_CASE("what failed together comes back spread over the whole wait")
{
    std::set<std::chrono::milliseconds> waits;
    for (int i = 0; i < 1'000; ++i) waits.insert(jittered_wait(10));
    CHECK(waits.size() > 900);
    CHECK(*waits.begin() < 50s);
    CHECK(*waits.rbegin() > 460s);
    CHECK(*waits.rbegin() <= 512s);
}

}  // namespace leadcrm::jobs
