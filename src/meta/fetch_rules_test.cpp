#include "meta/fetch_rules.hpp"

#include <doctest/doctest.h>

namespace leadcrm::meta {
namespace {

using namespace std::chrono_literals;

const Instant now = Instant::from_unix_seconds(1'765'000'000);

Fetch fetch_tried(std::int64_t attempts)
{
    return {.leadgen_id = "900000000000001",
        .page_id = "1",
        .submitted_at = now - 1h,
        .received_at = now - 1h,
        .attempts = attempts,
        .next_at = now};
}

GraphProblem problem(Advice advice)
{
    return {.advice = advice, .code = 999, .message = "Meta's words"};
}

Verdict judged(Advice advice, const Fetch& fetch = fetch_tried(0), const Page& page = {})
{
    return judge(fetch, problem(advice), page, now + 30min, now);
}

TEST_CASE("trouble at Meta is waited out, longer each time, but never for more than an hour")
{
    for (const std::int64_t attempts : {0, 3, 1000}) {
        const auto verdict = judged(Advice::retry, fetch_tried(attempts));
        CHECK(verdict.fetch.state == FetchState::waiting);
        CHECK(verdict.fetch.attempts == attempts + 1);
        CHECK(verdict.fetch.next_at > now);
        CHECK(*verdict.fetch.next_at <= now + 1h);
        CHECK_FALSE(verdict.problem);
    }
    CHECK(*judged(Advice::retry).fetch.next_at <= now + 4s);
}

TEST_CASE("a limit is no failure of the lead: it waits until calls are allowed")
{
    const auto verdict = judged(Advice::wait, fetch_tried(2));
    CHECK(verdict.fetch.state == FetchState::waiting);
    CHECK(verdict.fetch.attempts == 2);
    CHECK(verdict.fetch.next_at == now + 30min);
    CHECK(verdict.wait_until == now + 30min);
}

TEST_CASE("a dead token blocks the lead and says who must act")
{
    const auto dead = judged(Advice::reconnect);
    CHECK(dead.fetch.state == FetchState::blocked);
    CHECK_FALSE(dead.fetch.next_at);
    CHECK(dead.fetch.reason == "999 Meta's words");
    CHECK(dead.problem->code == "reconnect");
    CHECK(dead.problem->since == now);
    CHECK_FALSE(dead.probe_at);

    const auto recoverable = judged(Advice::recover);
    CHECK(recoverable.problem->code == "recover");
    CHECK(recoverable.probe_at == now + 24h);
}

TEST_CASE("missing access is looked at again, soon at first and then less and less often")
{
    const auto first = judged(Advice::needs_access);
    CHECK(first.fetch.state == FetchState::blocked);
    CHECK(first.problem->code == "needs_access");
    CHECK(first.probe_at == now + 1min);

    Page page;
    page.problem_code = "needs_access";
    page.problem_since = now - 4h;
    const auto later = judged(Advice::needs_access, fetch_tried(5), page);
    CHECK(later.problem->since == now - 4h);
    CHECK(later.probe_at == now + 2h);
    page.problem_since = now - 400h;
    CHECK(judged(Advice::needs_access, fetch_tried(5), page).probe_at == now + 6h);
}

TEST_CASE("an app that is set up wrongly loses no lead")
{
    for (const auto advice : {Advice::operate, Advice::fewer_fields}) {
        const auto verdict = judged(advice);
        CHECK(verdict.fetch.state == FetchState::blocked);
        CHECK(verdict.problem->code == "operate");
        CHECK(verdict.probe_at);
    }
}

TEST_CASE("an ambiguous refusal is tried for some minutes before it is believed")
{
    CHECK(judged(Advice::unclear, fetch_tried(0)).fetch.next_at == now + 10s);
    CHECK(judged(Advice::unclear, fetch_tried(1)).fetch.next_at == now + 1min);
    CHECK(judged(Advice::unclear, fetch_tried(2)).fetch.next_at == now + 5min);
    CHECK_FALSE(judged(Advice::unclear, fetch_tried(2)).problem);

    const auto believed = judged(Advice::unclear, fetch_tried(3));
    CHECK(believed.fetch.state == FetchState::blocked);
    CHECK(believed.problem->code == "unclear");
    CHECK(believed.probe_at == now + 1min);
}

TEST_CASE("a lead alone among readable ones is not the page's problem, and given up in the end")
{
    Page well;
    well.last_lead_at = now - 1min;
    const auto alone = judged(Advice::unclear, fetch_tried(3), well);
    CHECK(alone.fetch.state == FetchState::blocked);
    CHECK_FALSE(alone.problem);
    CHECK(alone.probe_at == now + 1h);

    const auto last = judged(Advice::unclear, fetch_tried(7), well);
    CHECK(last.fetch.state == FetchState::gave_up);
    CHECK(last.fetch.ended_at == now);

    Page silent;
    silent.last_lead_at = now - 2h;
    CHECK(judged(Advice::unclear, fetch_tried(70), silent).fetch.state == FetchState::blocked);
}

TEST_CASE("after ninety days a lead is no longer at Meta")
{
    auto old = fetch_tried(1);
    old.submitted_at = now - 91 * 24h;
    const auto verdict = judged(Advice::unclear, old);
    CHECK(verdict.fetch.state == FetchState::gave_up);
    CHECK(verdict.fetch.reason->starts_with("no longer at Meta"));

    // What says nothing of the lead does not end it.
    CHECK(judged(Advice::reconnect, old).fetch.state == FetchState::blocked);
    CHECK(judged(Advice::wait, old).fetch.state == FetchState::waiting);
}

TEST_CASE("a request that can never succeed ends the fetch with Meta's reason")
{
    const auto verdict = judged(Advice::give_up);
    CHECK(verdict.fetch.state == FetchState::gave_up);
    CHECK(verdict.fetch.reason == "999 Meta's words");
    CHECK_FALSE(verdict.problem);
}

}  // namespace
}  // namespace leadcrm::meta
