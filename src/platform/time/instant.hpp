// Points in time: microseconds since 1970 in UTC, in storage, in C++ and in the order of events.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace leadcrm {

struct Instant {
    std::int64_t us = 0;

    static Instant now();
    static Instant from_unix_seconds(std::int64_t seconds) { return {seconds * 1'000'000}; }
    std::int64_t unix_seconds() const { return us / 1'000'000; }
    auto operator<=>(const Instant&) const = default;

    template <class Rep, class Period>
    friend Instant operator+(Instant at, std::chrono::duration<Rep, Period> by)
    {
        return {at.us + std::chrono::duration_cast<std::chrono::microseconds>(by).count()};
    }
    template <class Rep, class Period>
    friend Instant operator-(Instant at, std::chrono::duration<Rep, Period> by)
    {
        return {at.us - std::chrono::duration_cast<std::chrono::microseconds>(by).count()};
    }
    friend std::chrono::microseconds operator-(Instant a, Instant b)
    {
        return std::chrono::microseconds(a.us - b.us);
    }
};

// "2026-11-23T08:15:30.123456Z"; whole seconds are written without a fraction.
std::string rfc3339(Instant at);
void append_rfc3339(std::string& text, Instant at);

// Reads RFC 3339 with any offset, and Meta's form without a colon in it
// ("2025-12-06T05:46:41+0000"). Nothing when the text is no time.
std::optional<Instant> parse_time(std::string_view text);

// True for a name of the IANA time zone database, such as "Europe/Berlin".
bool is_time_zone(std::string_view name);

}  // namespace leadcrm
