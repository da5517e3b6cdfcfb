#include "meta/rhythm.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace leadcrm::meta {
namespace {

constexpr std::int64_t hour_us = 3'600'000'000;
constexpr std::int64_t hours_of_day = 24;
constexpr std::int64_t hours_of_week = 7 * hours_of_day;
constexpr std::int64_t window_hours = rhythm_weeks * hours_of_week;
// Less than that is no rhythm.
constexpr std::int64_t leads_min = 20;
constexpr std::int64_t history_hours_min = hours_of_week;
constexpr double false_alarms_a_day = 0.01;

std::int64_t hour_of(Instant at) { return at.us / hour_us; }

// Leads an hour, by hour of the week.
class Rates {
public:
    Rates(const HourCounts& hours, std::int64_t first, std::int64_t end)
    {
        std::array<double, hours_of_week> in_week{};
        std::array<double, hours_of_day> in_day{};
        double all = 0;
        for (auto each = hours.lower_bound(first); each != hours.end() && each->first < end;
             ++each) {
            const auto count = double(each->second);
            in_week[std::size_t(each->first % hours_of_week)] += count;
            in_day[std::size_t(each->first % hours_of_day)] += count;
            all += count;
        }
        const auto seen = double(end - first);
        const auto weeks = seen / hours_of_week;
        const auto days = seen / hours_of_day;
        overall_ = all / seen;
        for (std::size_t hour = 0; hour < rates_.size(); ++hour) {
            const auto of_day = (in_day[hour % hours_of_day] + overall_) / (days + 1);
            rates_[hour] = (in_week[hour] + of_day) / (weeks + 1);
        }
    }

    double overall() const { return overall_; }
    double at(std::int64_t hour) const { return rates_[std::size_t(hour % hours_of_week)]; }

private:
    std::array<double, hours_of_week> rates_{};
    double overall_ = 0;
};

double expected_between(const Rates& rates, Instant from, Instant until)
{
    double expected = 0;
    for (auto hour = hour_of(from); hour <= hour_of(until); ++hour) {
        const auto begin = std::max(from.us, hour * hour_us);
        const auto end = std::min(until.us, (hour + 1) * hour_us);
        expected += rates.at(hour) * double(end - begin) / double(hour_us);
    }
    return expected;
}

}  // namespace

Rhythm rhythm_of(const HourCounts& hours, std::optional<Instant> latest, Instant now)
{
    const auto earliest = hour_of(now) - window_hours;
    const auto begin = hours.lower_bound(earliest);
    if (!latest || begin == hours.end() || *latest > now) return {};
    // The silence itself is no part of what it is measured by.
    const auto end = hour_of(*latest) + 1;
    const auto first = begin->first;
    std::int64_t leads = 0;
    for (auto each = begin; each != hours.end() && each->first < end; ++each) leads += each->second;
    if (leads < leads_min || end - first < history_hours_min) return {};

    const Rates rates(hours, first, end);
    Rhythm rhythm{.state = RhythmState::normal};
    rhythm.expected = expected_between(rates, *latest, now);
    const auto leads_a_day = std::max(1.0, rates.overall() * hours_of_day);
    if (std::exp(-*rhythm.expected) < false_alarms_a_day / leads_a_day) {
        rhythm.state = RhythmState::quiet;
        rhythm.since = latest;
    }
    return rhythm;
}

std::vector<std::int64_t> last_hours(const HourCounts& hours, int count, Instant now)
{
    std::vector<std::int64_t> last;
    for (auto hour = hour_of(now) - count + 1; hour <= hour_of(now); ++hour) {
        const auto found = hours.find(hour);
        last.push_back(found == hours.end() ? 0 : found->second);
    }
    return last;
}

}  // namespace leadcrm::meta
