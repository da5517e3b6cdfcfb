#include "platform/time/wall_clock.hpp"

#include <date/date.h>
#include <date/tz.h>

namespace leadcrm {

struct WallClock::Offset {
    const date::time_zone* zone = nullptr;
    date::sys_info now = {};
};

WallClock::WallClock(std::string_view zone)
    : zone_(is_time_zone(zone) ? zone : "Etc/UTC"), offset_(std::make_unique<Offset>())
{
    offset_->zone = date::locate_zone(zone_);
}

WallClock::~WallClock() = default;

std::int64_t WallClock::shown_us(Instant at)
{
    const date::sys_time<std::chrono::microseconds> time{std::chrono::microseconds(at.us)};
    auto& now = offset_->now;
    if (time < now.begin || time >= now.end) now = offset_->zone->get_info(time);
    return at.us + std::chrono::microseconds(now.offset).count();
}

WallTime WallClock::shown(Instant at)
{
    const date::sys_time<std::chrono::microseconds> time{std::chrono::microseconds(shown_us(at))};
    const auto day = date::floor<date::days>(time);
    const date::year_month_day date(day);
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(time - day).count();
    return {int(date.year()), unsigned(date.month()), unsigned(date.day()), int(minutes / 60),
        int(minutes % 60)};
}

}  // namespace leadcrm
