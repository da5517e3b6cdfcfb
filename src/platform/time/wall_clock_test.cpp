#include "platform/time/wall_clock.hpp"

#include <doctest/doctest.h>

namespace leadcrm {
namespace {

std::string shown(WallClock& clock, const char* at)
{
    return rfc3339({clock.shown_us(*parse_time(at))});
}

}  // namespace

TEST_CASE("a wall clock shows summer and winter time, in whatever order it is asked")
{
    WallClock berlin("Europe/Berlin");
    for (int i = 0; i < 2; ++i) {
        CHECK(shown(berlin, "2026-01-31T23:30:00Z") == "2026-02-01T00:30:00Z");
        CHECK(shown(berlin, "2026-07-01T12:00:00Z") == "2026-07-01T14:00:00Z");
    }
    CHECK(shown(berlin, "2026-10-25T00:59:59Z") == "2026-10-25T02:59:59Z");
    CHECK(shown(berlin, "2026-10-25T01:00:00Z") == "2026-10-25T02:00:00Z");
    WallClock nepal("Asia/Kathmandu");
    CHECK(shown(nepal, "2026-01-01T00:00:00Z") == "2026-01-01T05:45:00Z");
    CHECK(WallClock("Mars/Olympus").zone() == "Etc/UTC");
    const auto time = nepal.shown(*parse_time("2026-02-28T18:20:00Z"));
    CHECK(time.year == 2026);
    CHECK(time.month == 3);
    CHECK(time.day == 1);
    CHECK(time.hour == 0);
    CHECK(time.minute == 5);
}

}  // namespace leadcrm
