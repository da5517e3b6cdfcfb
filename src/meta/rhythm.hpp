// The rhythm of a page or form: how many leads it may be expected to have in an hour, by its own
// last weeks, and whether it has been silent for longer than chance explains.
//
// Problem. A broken form and a slow Sunday look alike: no leads. A fixed limit ("no lead for six
// hours") cries wolf at night and sleeps through a campaign's noon.
//
// Idea. Leads come like a Poisson process whose rate depends on the hour of the week. With E leads
// expected since the last one, silence has the probability exp(-E). It is called unusual below one
// in a hundred a day: a form with a hundred leads a day has a hundred silences a day, and each gets
// a hundredth of that one.
//
// Trade-off. Four weeks say little about one hour of the week, so an hour leans on the same hour of
// other days, and that on the whole. Leads that come in bursts make long silences likelier than the
// model thinks; a campaign that ends is a silence too, and rightly named.
#pragma once

#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace leadcrm::meta {

BOOST_DEFINE_ENUM_CLASS(RhythmState, normal, quiet, unknown)

struct Rhythm {
    RhythmState state = RhythmState::unknown;
    std::optional<double> expected;  // leads that should have come since the last one
    std::optional<Instant> since;  // quiet: when the last one came
};
BOOST_DESCRIBE_STRUCT(Rhythm, (), (state, expected, since))

constexpr int rhythm_weeks = 4;

// Leads by hour since 1970.
using HourCounts = std::map<std::int64_t, std::int64_t>;

// `hours` holds the last rhythm_weeks at least; `latest` is when the last lead was submitted.
Rhythm rhythm_of(const HourCounts& hours, std::optional<Instant> latest, Instant now);

// The last `count` hours, the oldest first; the last one is the hour that is passing.
std::vector<std::int64_t> last_hours(const HourCounts& hours, int count, Instant now);

}  // namespace leadcrm::meta
