#include "meta/fetch_rules.hpp"

#include <algorithm>
#include <array>
#include <random>

namespace leadcrm::meta {
namespace {

using namespace std::chrono_literals;
using std::chrono::seconds;

// A fresh lead may not be everywhere at Meta yet.
constexpr auto unclear_waits = std::to_array<seconds>({10s, 60s, 300s});
// Where other leads of the page are read since, one that is refused so often does not exist.
constexpr std::int64_t unclear_attempts_max = 8;

// Exponential, with full jitter, up to an hour.
seconds backoff(std::int64_t attempts)
{
    thread_local std::mt19937_64 random{std::random_device{}()};
    const auto most =
        std::min<std::int64_t>(3600, std::int64_t(2) << std::min<std::int64_t>(attempts, 11));
    return seconds(std::uniform_int_distribution<std::int64_t>(1, most)(random));
}

const char* message_for(Advice advice)
{
    switch (advice) {
    case Advice::reconnect:
        return "Facebook no longer accepts this page's connection. Connect the page again; the leads "
               "that wait are fetched then.";
    case Advice::recover:
        return "Facebook asks the person who connected this page to confirm their account. They "
               "should sign in at facebook.com, or somebody else connects the page again.";
    case Advice::needs_access:
    case Advice::unclear:
        return "Meta announces leads of this page but does not let us read them. In Meta's Business "
               "settings, under Integrations, Leads access, give this app access to the page.";
    default:
        return "The Meta app of this service is not set up as it should be. Please tell its operator.";
    }
}

PageProblem problem_with(const Page& page, Advice advice, Instant now)
{
    const std::string code = boost::describe::enum_to_string(advice, "");
    const bool is_known = page.problem_code == code && page.problem_since;
    return {.code = code,
        .message = message_for(advice),
        .since = is_known ? *page.problem_since : now};
}

// Sooner while the problem is young: somebody may be mending it.
Instant probe_time(const Page& page, Instant now)
{
    const auto age = now - page.problem_since.value_or(now);
    return now + std::clamp<std::chrono::microseconds>(age / 2, 1min, 6h);
}

void block(Verdict& verdict)
{
    verdict.fetch.state = FetchState::blocked;
    verdict.fetch.next_at = std::nullopt;
}

void wait(Verdict& verdict, Instant until)
{
    verdict.fetch.state = FetchState::waiting;
    verdict.fetch.next_at = until;
}

void give_up(Verdict& verdict, Instant now)
{
    verdict.fetch.state = FetchState::gave_up;
    verdict.fetch.next_at = std::nullopt;
    verdict.fetch.ended_at = now;
}

// 100/33: Meta says the same for "gone", "not yet" and "not you".
void judge_unclear(Verdict& verdict, const Page& page, Instant now)
{
    auto& fetch = verdict.fetch;
    const auto tries = static_cast<std::size_t>(fetch.attempts);
    if (tries <= unclear_waits.size()) return wait(verdict, now + unclear_waits[tries - 1]);

    const bool is_page_well = page.last_lead_at > fetch.received_at;
    if (is_page_well && fetch.attempts >= unclear_attempts_max) {
        fetch.reason = "no longer at Meta: other leads of the page are readable, this one is not";
        return give_up(verdict, now);
    }
    block(verdict);
    if (is_page_well) {
        verdict.probe_at = now + 1h;
    } else {
        verdict.problem = problem_with(page, Advice::unclear, now);
        verdict.probe_at = probe_time(page, now);
    }
}

}  // namespace

Verdict judge(
    Fetch fetch, const GraphProblem& problem, const Page& page, Instant free_at, Instant now)
{
    Verdict verdict{.fetch = std::move(fetch)};
    verdict.fetch.reason = problem.text();
    if (problem.advice == Advice::wait) {
        verdict.wait_until = std::max(free_at, now + 1s);
        wait(verdict, *verdict.wait_until);
        return verdict;
    }
    ++verdict.fetch.attempts;
    switch (problem.advice) {
    case Advice::wait:
        break;
    case Advice::retry:
        wait(verdict, now + backoff(verdict.fetch.attempts));
        break;
    case Advice::give_up:
        give_up(verdict, now);
        break;
    case Advice::unclear:
        judge_unclear(verdict, page, now);
        break;
    case Advice::recover:
    case Advice::reconnect:
        block(verdict);
        verdict.problem = problem_with(page, problem.advice, now);
        if (problem.advice == Advice::recover) verdict.probe_at = now + 24h;
        break;
    case Advice::needs_access:
    case Advice::fewer_fields:
    case Advice::operate:
        block(verdict);
        verdict.problem = problem_with(page,
            problem.advice == Advice::needs_access ? Advice::needs_access : Advice::operate, now);
        verdict.probe_at = probe_time(page, now);
        break;
    }
    const auto submitted_at = verdict.fetch.submitted_at.value_or(verdict.fetch.received_at);
    const bool says_nothing_of_the_lead =
        problem.advice == Advice::reconnect || problem.advice == Advice::recover;
    if (now - submitted_at > kept_at_meta && !says_nothing_of_the_lead
        && verdict.fetch.state != FetchState::gave_up) {
        verdict.fetch.reason = "no longer at Meta: " + problem.text();
        give_up(verdict, now);
    }
    return verdict;
}

PageVerdict judge_page(const GraphProblem& problem, const Page& page, Instant now)
{
    switch (problem.advice) {
    case Advice::retry:
    case Advice::wait:
    case Advice::give_up:
        return {};
    case Advice::reconnect:
        return {problem_with(page, problem.advice, now), std::nullopt};
    case Advice::recover:
        return {problem_with(page, problem.advice, now), now + 24h};
    case Advice::needs_access:
    case Advice::unclear:
        return {problem_with(page, problem.advice, now), probe_time(page, now)};
    case Advice::fewer_fields:
    case Advice::operate:
        break;
    }
    return {problem_with(page, Advice::operate, now), probe_time(page, now)};
}

}  // namespace leadcrm::meta
