#include "platform/time/instant.hpp"

#include <doctest/doctest.h>

namespace leadcrm {

TEST_CASE("times are written in RFC 3339 and read back")
{
    CHECK(rfc3339({0}) == "1970-01-01T00:00:00Z");
    CHECK(rfc3339({1'764'999'999'000'001}) == "2025-12-06T05:46:39.000001Z");
    CHECK(parse_time("2025-12-06T05:46:39.000001Z") == Instant{1'764'999'999'000'001});
    CHECK(parse_time("2025-12-06T06:46:39.5+01:00") == Instant{1'764'999'999'500'000});
    CHECK(rfc3339({-1}) == "1969-12-31T23:59:59.999999Z");
    for (std::int64_t us = -62'135'596'800'000'000; us < 253'402'300'800'000'000;
         us += 1'234'567'890'123'457)
        CHECK(parse_time(rfc3339({us})) == Instant{us});
}

TEST_CASE("Meta's times have no colon in the offset")
{
    CHECK(parse_time("2025-12-06T05:46:41+0000") == Instant::from_unix_seconds(1'765'000'001));
}

TEST_CASE("what is no time is refused")
{
    for (const auto* text : {"", "2025-12-06", "2025-13-06T05:46:41Z", "2025-02-29T05:46:41Z",
             "2025-12-06T25:46:41Z", "2025-12-06T05:46:41", "2025-12-06T05:46:41.Z",
             "2025-12-06T05:46:41Zx", "2025-12-06T05:46:41+99:00"})
        CHECK_FALSE(parse_time(text));
    CHECK(parse_time("2024-02-29T00:00:00Z"));
}

TEST_CASE("time zones are those of the IANA database")
{
    CHECK(is_time_zone("Europe/Berlin"));
    CHECK(is_time_zone("UTC"));
    CHECK_FALSE(is_time_zone("Middle/Earth"));
    CHECK_FALSE(is_time_zone(""));
}

}  // namespace leadcrm
