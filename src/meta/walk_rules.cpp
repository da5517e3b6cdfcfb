#include "meta/walk_rules.hpp"

#include <algorithm>
#include <functional>

namespace leadcrm::meta {
namespace {

using namespace std::chrono_literals;

constexpr auto hot_for = 24h;
constexpr int cold_factor = 12;
constexpr auto overlap = 1h;
constexpr auto day = 24h;
constexpr auto night_begins = 2h;  // UTC
constexpr std::int64_t night_lasts_min = 120;
constexpr auto sweeps_apart_min = 8h;  // one at noon does not spare the next night's

// The form's own minute of the next night, so that not all are swept at once.
Instant next_night(const FormWalk& walk)
{
    const auto earliest = *walk.swept_at + sweeps_apart_min;
    const auto minute =
        std::chrono::minutes(std::hash<std::string>{}(walk.form_id) % std::size_t(night_lasts_min));
    const auto day_us = std::chrono::microseconds(day).count();
    Instant at{earliest.us / day_us * day_us};
    at = at + night_begins + minute;
    return at >= earliest ? at : at + day;
}

}  // namespace

NextWalk next_walk(
    const FormWalk& walk, std::optional<Instant> latest, std::chrono::seconds interval)
{
    if (!walk.walked_at) return {Instant{}, true};
    const bool is_hot = latest && *latest >= *walk.walked_at - hot_for;
    auto period = is_hot ? interval : cold_factor * interval;
    if (walk.failures > 0)
        period = std::min<std::chrono::seconds>(cold_factor * interval,
            interval * (std::int64_t(1) << std::min<std::int64_t>(walk.failures - 1, 10)));
    const auto at = *walk.walked_at + period;
    return {at, !walk.swept_at || at >= next_night(walk)};
}

std::optional<Instant> walk_from(const FormWalk& walk, bool is_sweep)
{
    if (is_sweep || !walk.watermark) return std::nullopt;
    return *walk.watermark - overlap;
}

FormWalk walked(FormWalk walk, const WalkEnd& end, bool is_sweep, Instant now)
{
    walk.walked_at = now;
    if (end.problem || !end.is_all_stored) {
        // Waiting for a limit is no failure of the form.
        if (!end.problem || end.problem->advice != Advice::wait) ++walk.failures;
        walk.trouble = end.problem ? end.problem->text() : "a lead could not be stored";
        return walk;
    }
    walk.failures = 0;
    walk.trouble = std::nullopt;
    if (is_sweep) walk.swept_at = now;
    if (end.tally.newest)
        walk.watermark = std::max(walk.watermark.value_or(*end.tally.newest), *end.tally.newest);
    return walk;
}

}  // namespace leadcrm::meta
