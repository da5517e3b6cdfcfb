#include "meta/rhythm.hpp"

#include <doctest/doctest.h>

#include <random>
#include <set>

namespace leadcrm::meta {
namespace {

using namespace std::chrono_literals;

const Instant noon = Instant::from_unix_seconds(1'765'022'400);  // 2025-12-06T12:00:00Z
constexpr std::int64_t hour_us = 3'600'000'000;

// Leads by day, none at night (20 to 6 o'clock), until `until`.
struct Campaign {
    explicit Campaign(double leads_an_hour, int days = 28, Instant until = noon)
    {
        std::mt19937_64 random(7);
        std::poisson_distribution<std::int64_t> dice(leads_an_hour);
        const auto end = until.us / hour_us;
        for (auto hour = end - days * 24; hour < end; ++hour) {
            const auto of_day = hour % 24;
            if (of_day < 6 || of_day >= 20) continue;
            if (const auto count = dice(random)) {
                hours[hour] = count;
                latest = Instant{hour * hour_us + hour_us / 2};
            }
        }
    }
    Rhythm at(Instant now) const { return rhythm_of(hours, latest, now); }

    HourCounts hours;
    Instant latest;
};

TEST_CASE("silence at noon is noticed within hours, at night it is normal")
{
    const Campaign campaign(4);
    CHECK(campaign.at(campaign.latest + 30min).state == RhythmState::normal);
    CHECK(campaign.at(campaign.latest + 5h).state == RhythmState::quiet);
    CHECK(campaign.at(campaign.latest + 5h).since == campaign.latest);
    CHECK(*campaign.at(campaign.latest + 5h).expected > 10);

    const Campaign until_evening(4, 28, noon + 8h);
    CHECK(until_evening.at(until_evening.latest + 9h).state == RhythmState::normal);
    CHECK(until_evening.at(until_evening.latest + 14h).state == RhythmState::quiet);
}

TEST_CASE("a slow form may be silent for a day, but not for a week")
{
    const Campaign campaign(0.2);
    CHECK(campaign.at(campaign.latest + 24h).state == RhythmState::normal);
    CHECK(campaign.at(campaign.latest + 7 * 24h).state == RhythmState::quiet);
}

TEST_CASE("a new form, or one with hardly a lead, has no rhythm yet")
{
    CHECK(rhythm_of({}, std::nullopt, noon).state == RhythmState::unknown);
    CHECK(Campaign(4, 3).at(noon + 12h).state == RhythmState::unknown);
    CHECK(Campaign(0.02).at(noon + 48h).state == RhythmState::unknown);
}

TEST_CASE("a healthy campaign is hardly ever called quiet")
{
    // A hundred days, looked at every hour, with the month before as its history.
    const Campaign campaign(4, 130);
    std::set<Instant> silences;
    auto last = campaign.hours.begin();
    for (auto hour = noon.us / hour_us - 100 * 24; hour < noon.us / hour_us; ++hour) {
        while (std::next(last) != campaign.hours.end() && std::next(last)->first < hour) ++last;
        const HourCounts known(campaign.hours.begin(), std::next(last));
        const auto latest = Instant{last->first * hour_us + hour_us / 2};
        const auto rhythm = rhythm_of(known, latest, Instant{hour * hour_us});
        if (rhythm.since) silences.insert(*rhythm.since);
    }
    CHECK(silences.size() <= 3);
}

TEST_CASE("the last hours are told in order, empty ones too")
{
    const auto hour = noon.us / hour_us;
    CHECK(last_hours({{hour - 2, 5}, {hour, 1}, {hour - 9, 7}}, 4, noon + 10min)
        == std::vector<std::int64_t>{0, 5, 0, 1});
}

}  // namespace
}  // namespace leadcrm::meta
