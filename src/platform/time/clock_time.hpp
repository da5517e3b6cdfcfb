// What calendar and clock show somewhere.
#pragma once

#include "platform/time/instant.hpp"

namespace leadcrm {

struct ClockTime {
    int year = 0;
    unsigned month = 0;  // 1 to 12
    unsigned day = 0;
    int hour = 0;
    int minute = 0;
};

// In a time zone that is unknown, what they show in UTC.
ClockTime clock_time(Instant at, std::string_view time_zone);

}  // namespace leadcrm
