#include "meta/graph_limits.hpp"

#include <doctest/doctest.h>

namespace leadcrm::meta {
namespace {

using namespace std::chrono_literals;

const Instant now = Instant::from_unix_seconds(1'765'000'000);

TEST_CASE("usage is read from all three headers")
{
    CHECK(read_usage(R"({"call_count":28,"total_time":25,"total_cputime":31})").percent == 31);

    const auto business = read_usage(
        R"({"1234567890":[{"type":"leadgen","call_count":95,"total_cputime":20,"total_time":20,"estimated_time_to_regain_access":12}]})");
    CHECK(business.percent == 95);
    CHECK(business.regain == 12min);
    CHECK(read_usage("").percent == 0);
}

TEST_CASE("a key that is there twice hides nothing")
{
    const auto usage = read_usage(
        R"({"1":[{"type":"leadgen","call_count":97,"total_time":2}],"1":[{"type":"pages","call_count":3,"total_time":1}]})");
    CHECK(usage.percent == 97);
}

TEST_CASE("broken JSON is read as far as it goes")
{
    CHECK(read_usage(R"({"1":[{"type":"leadgen","call_count": 88)").percent == 88);
    CHECK(read_usage(R"({"1":[{"type":"leadgen","call_count":"88%"}})").percent == 88);
    CHECK(read_usage(R"(}}{{"call_count":)").percent == 0);
    CHECK(read_usage("call_count 99").percent == 0);
    CHECK(read_usage(R"({"call_count":-4,"estimated_time_to_regain_access":1e300})").regain
        == 7 * 24 * 60min);
}

TEST_CASE("the limits of other uses do not hold up leads")
{
    CHECK(read_usage(R"({"1":[{"type":"ads_insights","call_count":100}]})").percent == 0);
}

TEST_CASE("below three quarters nothing waits, above it calls slow down, at the limit they stop")
{
    GraphLimits limits;
    limits.learn_page("1", {.percent = 74}, now);
    CHECK(limits.free_at("1") <= now);

    limits.learn_page("1", {.percent = 80}, now);
    const auto slow = limits.free_at("1") - now;
    CHECK(slow == 2s);
    limits.learn_page("1", {.percent = 99}, now);
    CHECK(limits.free_at("1") - now > slow);
    CHECK(limits.free_at("2") <= now);

    limits.learn_page("1", {.percent = 100, .regain = 30min}, now);
    CHECK(limits.free_at("1") - now >= 30min);
    CHECK(limits.free_at("1") - now <= 34min);
    CHECK(limits.pages_waiting(now) == 1);
    CHECK(limits.pages_waiting(now + 1h) == 0);
    CHECK(limits.free_at("1") < now + 1h);
}

TEST_CASE("a later, kinder answer does not shorten a wait")
{
    GraphLimits limits;
    limits.refused("1", 80005, {.regain = 30min}, now);
    limits.learn_page("1", {.percent = 10}, now + 1s);
    limits.learn_page("1", {.percent = 80}, now + 1s);
    CHECK(limits.free_at("1") - now >= 30min);
}

TEST_CASE("the app's limit holds up every page, a page's limit only that page")
{
    GraphLimits limits;
    limits.refused("1", 80005, {}, now);
    CHECK(limits.free_at("1") - now >= 5min);
    CHECK(limits.free_at("2") <= now);
    CHECK_FALSE(limits.is_app_waiting(now));

    limits.refused("1", 4, {}, now);
    CHECK(limits.free_at("2") - now >= 5min);
    CHECK(limits.is_app_waiting(now));
}

TEST_CASE("a block for policy lasts an hour at least")
{
    GraphLimits limits;
    limits.refused("1", 368, {}, now);
    CHECK(limits.free_at("1") - now >= 1h);
}

TEST_CASE("what can wait slows down more than what somebody waits for")
{
    GraphLimits limits;
    limits.learn_page("1", {.percent = 74}, now);
    CHECK(limits.unhurried_free_at("1") <= now);
    limits.learn_page("1", {.percent = 80}, now);
    CHECK(limits.free_at("1") - now == 2s);
    CHECK(limits.unhurried_free_at("1") - now == 12s);
    CHECK(limits.unhurried_free_at("2") <= now);
    limits.refused("1", 80005, {.regain = 30min}, now);
    CHECK(limits.unhurried_free_at("1") == limits.free_at("1"));
}

}  // namespace
}  // namespace leadcrm::meta
