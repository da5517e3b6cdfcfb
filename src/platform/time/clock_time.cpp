#include "platform/time/clock_time.hpp"

#include <date/date.h>
#include <date/tz.h>

namespace leadcrm {

ClockTime clock_time(Instant at, std::string_view time_zone)
{
    date::sys_seconds time{std::chrono::seconds(at.unix_seconds())};
    try {
        time += date::locate_zone(std::string(time_zone))->get_info(time).offset;
    } catch (const std::runtime_error&) {
        // There is no such zone, or the system has no database of them.
    }
    const auto day = date::floor<date::days>(time);
    const date::year_month_day shown(day);
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(time - day).count();
    return {int(shown.year()), unsigned(shown.month()), unsigned(shown.day()), int(minutes / 60),
        int(minutes % 60)};
}

}  // namespace leadcrm
