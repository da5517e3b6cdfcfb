// What the clock on the wall of a place shows. Made once for many times: it remembers how far the
// place is from UTC until the next change.
#pragma once

#include "platform/time/instant.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace leadcrm {

struct WallTime {
    int year = 0;
    unsigned month = 0;  // 1 to 12
    unsigned day = 0;
    int hour = 0;
    int minute = 0;
};

class WallClock {
public:
    // UTC when there is no such zone.
    explicit WallClock(std::string_view zone);
    ~WallClock();

    const std::string& zone() const { return zone_; }
    // Microseconds since 1970 as the clock counts them: at 08:15 in Berlin, those of 08:15.
    std::int64_t shown_us(Instant at);
    WallTime shown(Instant at);

private:
    struct Offset;
    std::string zone_;
    std::unique_ptr<Offset> offset_;
};

}  // namespace leadcrm
