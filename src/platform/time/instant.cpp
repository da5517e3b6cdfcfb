#include "platform/time/instant.hpp"

#include <date/date.h>
#include <date/tz.h>

#include <algorithm>
#include <array>

namespace leadcrm {
namespace {

// Reads exactly `count` digits at the front of `text` and takes them off.
std::optional<int> take_number(std::string_view& text, std::size_t count)
{
    if (text.size() < count) return std::nullopt;
    int number = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        number = number * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return number;
}

bool take(std::string_view& text, char c)
{
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

// ".5" -> 500 000; digits past the sixth are dropped.
std::optional<std::int64_t> take_fraction_us(std::string_view& text)
{
    if (!take(text, '.')) return 0;
    std::int64_t us = 0;
    std::int64_t unit = 100'000;
    std::size_t digits = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        us += unit * (text.front() - '0');
        unit /= 10;
        ++digits;
        text.remove_prefix(1);
    }
    if (digits == 0) return std::nullopt;
    return us;
}

std::optional<std::chrono::minutes> take_offset(std::string_view& text)
{
    if (take(text, 'Z') || take(text, 'z')) return std::chrono::minutes(0);
    const bool west = take(text, '-');
    if (!west && !take(text, '+')) return std::nullopt;
    const auto hours = take_number(text, 2);
    if (!hours) return std::nullopt;
    take(text, ':');
    const auto minutes = take_number(text, 2);
    if (!minutes || *hours > 23 || *minutes > 59) return std::nullopt;
    const auto offset = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
    return west ? -offset : offset;
}

// Writes a number of so many digits and the character after it; returns the end.
char* put_digits(char* to, unsigned number, int count, char then)
{
    for (int i = count - 1; i >= 0; --i) {
        to[i] = char('0' + number % 10);
        number /= 10;
    }
    to[count] = then;
    return to + count + 1;
}

}  // namespace

Instant Instant::now()
{
    return {std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::system_clock::now().time_since_epoch())
                .count()};
}

// A list of leads holds hundreds of times, so this is done by hand (printf takes ten times as
// long).
void append_rfc3339(std::string& text, Instant at)
{
    const date::sys_time<std::chrono::microseconds> time{std::chrono::microseconds(at.us)};
    const auto day = date::floor<date::days>(time);
    const date::year_month_day ymd(day);
    const auto of_day = (time - day).count();
    const auto seconds = unsigned(of_day / 1'000'000);
    const auto year = unsigned(std::clamp(int(ymd.year()), 0, 9999));

    std::array<char, 32> line{};
    char* end = put_digits(line.data(), year, 4, '-');
    end = put_digits(end, unsigned(ymd.month()), 2, '-');
    end = put_digits(end, unsigned(ymd.day()), 2, 'T');
    end = put_digits(end, seconds / 3600, 2, ':');
    end = put_digits(end, seconds / 60 % 60, 2, ':');
    end = put_digits(end, seconds % 60, 2, 'Z');
    if (const auto us = unsigned(of_day % 1'000'000); us != 0) {
        end[-1] = '.';
        end = put_digits(end, us, 6, 'Z');
    }
    text.append(line.data(), end);
}

std::string rfc3339(Instant at)
{
    std::string text;
    append_rfc3339(text, at);
    return text;
}

std::optional<Instant> parse_time(std::string_view text)
{
    const auto year = take_number(text, 4);
    if (!year || !take(text, '-')) return std::nullopt;
    const auto month = take_number(text, 2);
    if (!month || !take(text, '-')) return std::nullopt;
    const auto day = take_number(text, 2);
    if (!day || !(take(text, 'T') || take(text, 't') || take(text, ' '))) return std::nullopt;
    const auto hour = take_number(text, 2);
    if (!hour || !take(text, ':')) return std::nullopt;
    const auto minute = take_number(text, 2);
    if (!minute || !take(text, ':')) return std::nullopt;
    const auto second = take_number(text, 2);
    if (!second) return std::nullopt;
    const auto fraction = take_fraction_us(text);
    if (!fraction) return std::nullopt;
    const auto offset = take_offset(text);
    if (!offset || !text.empty()) return std::nullopt;

    const auto ymd = date::year(*year) / *month / *day;
    if (!ymd.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    const auto whole = date::sys_days(ymd) + std::chrono::hours(*hour)
        + std::chrono::minutes(*minute) + std::chrono::seconds(*second) - *offset;
    return Instant{
        std::chrono::duration_cast<std::chrono::microseconds>(whole.time_since_epoch()).count()
        + *fraction};
}

bool is_time_zone(std::string_view name)
{
    try {
        return date::locate_zone(std::string(name)) != nullptr;
    } catch (const std::runtime_error&) {
        return false;
    }
}

}  // namespace leadcrm
