#include "meta-simulator/testing/small_meta.hpp"
#include "meta-simulator/webhooks/outbox.hpp"

#include <boost/json/parse.hpp>

#include <doctest/doctest.h>

using namespace leadcrm;
using namespace leadcrm::simulator;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

// An outbox with a clock that only moves when told to.
struct Bench {
    Outbox outbox;
    WebhookSettings settings{.url = "http://crm.test/hook", .app_secret = "secret"};
    Instant now = leadcrm::simulator::testing::noon;
    Dice dice{1};
    std::int64_t next_lead = 900;

    void announce(const std::string& page_id = "1")
    {
        const auto id = std::to_string(next_lead++);
        outbox.announce({page_id, "leadgen", {{"leadgen_id", id}}}, settings, now, dice);
    }
    std::vector<Post> due() { return outbox.take_due(settings, now); }
    void answer(const Post& post, int status)
    {
        outbox.finished(post.delivery_id, status, "", settings, now);
    }
};

}  // namespace

TEST_CASE("a delivery is tried at once again, then at growing intervals, for 36 hours")
{
    Bench bench;
    bench.announce();
    const auto began = bench.now;
    std::vector<std::int64_t> waits_s;
    Instant last = bench.now;
    while (bench.outbox.counts().given_up == 0 && bench.now - began < hours(100)) {
        const auto posts = bench.due();
        if (posts.empty()) {
            bench.now = bench.now + seconds(10);
            continue;
        }
        waits_s.push_back(std::chrono::duration_cast<seconds>(bench.now - last).count());
        last = bench.now;
        bench.answer(posts.front(), 500);
    }
    const std::vector<std::int64_t> schedule_s{
        0, 0, 30, 120, 600, 1800, 3600, 10800, 21600, 43200, 43200};
    CHECK(waits_s == schedule_s);
    CHECK(last - began <= hours(36));
    CHECK(bench.outbox.newest(1, {}).front().state == DeliveryState::given_up);
}

TEST_CASE("any 2xx ends it, everything else does not, nor does silence")
{
    for (const int status : {200, 204}) {
        Bench bench;
        bench.announce();
        bench.answer(bench.due().front(), status);
        CHECK(bench.outbox.counts().delivered == 1);
        bench.now = bench.now + hours(40);
        CHECK(bench.due().empty());
    }
    for (const int status : {0, 301, 403, 404, 500, 503}) {
        Bench bench;
        bench.announce();
        const auto first = bench.due().front();
        bench.answer(first, status);
        const auto again = bench.due();
        REQUIRE(again.size() == 1);
        CHECK(again.front().body == first.body);
        CHECK(again.front().headers == first.headers);
    }
}

TEST_CASE("the schedule can be sped up")
{
    Bench bench;
    bench.settings.retry_speed = 1000;
    bench.announce();
    bench.answer(bench.due().front(), 500);
    bench.answer(bench.due().front(), 500);
    CHECK(bench.due().empty());
    bench.now = bench.now + milliseconds(30);
    CHECK(bench.due().size() == 1);
}

TEST_CASE("a burst is split into POSTs of at most so many changes, and of so many pages")
{
    Bench bench;
    bench.settings.changes_per_post = 1000;
    bench.settings.in_flight_max = 100;
    for (int i = 0; i < 2500; ++i) bench.announce();
    const auto posts = bench.due();
    REQUIRE(posts.size() == 3);
    const auto body = boost::json::parse(posts[0].body);
    CHECK(body.at_pointer("/entry/0/changes").as_array().size() == 1000);

    for (const auto* page : {"1", "2", "1"}) bench.announce(page);
    CHECK(bench.due().size() == 3);
    bench.settings.pages_per_post = 2;
    for (const auto* page : {"1", "2", "1"}) bench.announce(page);
    const auto together = bench.due();
    REQUIRE(together.size() == 1);
    CHECK(boost::json::parse(together.front().body).at("entry").as_array().size() == 3);
}

TEST_CASE("changes are gathered for a while when they should travel together")
{
    Bench bench;
    bench.settings.gather_ms = 500;
    bench.settings.changes_per_post = 10;
    bench.announce();
    bench.now = bench.now + milliseconds(100);
    bench.announce();
    CHECK(bench.due().empty());
    bench.now = bench.now + milliseconds(400);
    CHECK(bench.due().size() == 1);
}

TEST_CASE("deliveries are dropped, doubled, delayed and reordered as often as asked")
{
    Bench bench;
    bench.settings.in_flight_max = 10'000;
    bench.settings.drop = 0.3;
    for (int i = 0; i < 1000; ++i) bench.announce();
    CHECK(bench.due().size() == static_cast<std::size_t>(1000 - bench.outbox.counts().dropped));
    CHECK(bench.outbox.counts().dropped > 230);
    CHECK(bench.outbox.counts().dropped < 370);

    bench.settings.drop = 0;
    bench.settings.twice = 1;
    bench.announce();
    const auto both = bench.due();
    REQUIRE(both.size() == 2);
    CHECK(both[0].body == both[1].body);

    bench.settings.twice = 0;
    bench.settings.delay_ms = 60'000;
    bench.announce();
    CHECK(bench.due().empty());
    bench.now = bench.now + minutes(1);
    CHECK(bench.due().size() == 1);

    bench.settings.delay_ms = 0;
    bench.settings.reorder = 0.5;
    for (int i = 0; i < 50; ++i) bench.announce();
    bench.now = bench.now + seconds(10);
    std::vector<std::string> bodies;
    for (const auto& post : bench.due()) bodies.push_back(post.body);
    CHECK(bodies.size() == 50);
    CHECK_FALSE(std::ranges::is_sorted(bodies));
}

TEST_CASE("no more are in flight than allowed")
{
    Bench bench;
    bench.settings.in_flight_max = 2;
    for (int i = 0; i < 5; ++i) bench.announce();
    const auto first = bench.due();
    CHECK(first.size() == 2);
    CHECK(bench.due().empty());
    bench.answer(first[0], 200);
    CHECK(bench.due().size() == 1);
}

TEST_CASE("what is altered on the way no longer matches its signature")
{
    Bench bench;
    bench.settings.alter_body = true;
    bench.announce();
    const auto post = bench.due().front();
    CHECK(sha256_signature("secret", post.body) != post.headers[2].second);
    CHECK(post.headers[2].first == "X-Hub-Signature-256");

    bench.settings.alter_body = false;
    bench.answer(post, 403);
    const auto again = bench.due().front();
    CHECK(sha256_signature("secret", again.body) == again.headers[2].second);
}

TEST_CASE("the log tells how every delivery went, and everything waiting can be hurried")
{
    Bench bench;
    bench.announce();
    bench.answer(bench.due().front(), 500);
    bench.answer(bench.due().front(), 500);
    auto entry = bench.outbox.newest(10, DeliveryState::waiting).at(0);
    CHECK(entry.attempts == 2);
    CHECK(entry.last_status == 500);
    CHECK(entry.leadgen_ids == std::vector<std::string>{"900"});
    CHECK(*entry.next_try == bench.now + seconds(30));
    CHECK(bench.outbox.counts().failed_posts == 2);
    bench.outbox.hurry(bench.now);
    CHECK(bench.due().size() == 1);
    CHECK(bench.outbox.newest(10, DeliveryState::delivered).empty());
}
