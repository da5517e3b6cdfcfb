#include "platform/jobs/attempt.hpp"

#include "platform/log/log.hpp"

#include <algorithm>
#include <random>

namespace leadcrm::jobs {
namespace {

using store::Claim;
using store::Ended;
using store::Ending;

Ended dead(const Claim& claim, const std::string& why)
{
    log::error(
        "a job failed for good", {{"job_id", claim.id.text()}, {"kind", claim.kind}, {"why", why}});
    return {claim, Ending::dead, {}, true, why};
}

Ended later(
    const Claim& claim, std::chrono::milliseconds wait, bool is_failure, const std::string& why)
{
    log::info("a job is tried again later",
        {{"job_id", claim.id.text()}, {"kind", claim.kind},
            {"failures", std::to_string(claim.failures + is_failure)},
            {"wait_ms", std::to_string(wait.count())}, {"why", why}});
    return {claim, Ending::retry, Instant::now() + wait, is_failure, why};
}

Ended failed(const Claim& claim, const std::string& why)
{
    const auto failures = claim.failures + 1;
    if (failures >= claim.attempts_max) return dead(claim, why);
    return later(claim, jittered_wait(failures), true, why);
}

}  // namespace

TryAgain::TryAgain(std::chrono::milliseconds after, const std::string& why)
    : std::runtime_error(why), after(after)
{
}

Ended attempt(const Claim& claim, const Workers::Handler& handler)
{
    const Job job{claim.id, claim.kind, claim.organization_id, claim.key, claim.payload,
        int(claim.failures) + 1};
    try {
        handler(job);
        return {claim, Ending::done};
    } catch (const TryAgain& asked) {
        return later(claim, asked.after, false, asked.what());
    } catch (const GiveUp& why) {
        return dead(claim, why.what());
    } catch (const std::exception& why) {
        return failed(claim, reason_of(why));
    } catch (...) {
        return failed(claim, "an unknown exception");
    }
}

std::chrono::milliseconds longest_wait(std::int64_t failures)
{
    constexpr std::chrono::seconds longest = std::chrono::hours(1);
    const auto doublings = std::clamp<std::int64_t>(failures - 1, 0, 12);
    return std::min(std::chrono::seconds(1ll << doublings), longest);
}

std::chrono::milliseconds jittered_wait(std::int64_t failures)
{
    thread_local std::minstd_rand random{std::random_device{}()};
    std::uniform_int_distribution<std::int64_t> wait(0, longest_wait(failures).count());
    return std::chrono::milliseconds(wait(random));
}

std::string reason_of(const std::exception& why)
{
    const auto* failure = dynamic_cast<const Failure*>(&why);
    return failure && !failure->detail.empty() ? failure->detail : why.what();
}

}  // namespace leadcrm::jobs
