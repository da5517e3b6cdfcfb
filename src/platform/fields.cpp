#include "platform/fields.hpp"

#include "platform/time/instant.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <optional>

namespace leadcrm {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string trimmed(std::string text)
{
    while (!text.empty() && is_blank(text.back())) text.pop_back();
    const auto first = std::find_if_not(text.begin(), text.end(), is_blank);
    text.erase(text.begin(), first);
    return text;
}

// Characters of a text, or nothing when it is not UTF-8 or holds control characters.
std::optional<std::size_t> characters(std::string_view text)
{
    const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    auto left = utf8proc_ssize_t(text.size());
    std::size_t count = 0;
    while (left > 0) {
        utf8proc_int32_t code = 0;
        const auto used = utf8proc_iterate(at, left, &code);
        if (used <= 0) return std::nullopt;
        const bool control = code < 0x20 || code == 0x7f;
        if (control && code != '\n' && code != '\r' && code != '\t') return std::nullopt;
        at += used;
        left -= used;
        ++count;
    }
    return count;
}

std::string plural(std::size_t count)
{
    return std::to_string(count) + (count == 1 ? " character" : " characters");
}

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

}  // namespace

std::string fields::check_text(std::string text, std::size_t min, std::size_t max)
{
    text = trimmed(std::move(text));
    const auto count = characters(text);
    if (!count)
        throw BadField(
            "text", "This text has characters that cannot be stored. Please type it again.");
    if (*count < min) {
        if (*count == 0) throw BadField("required", "Please fill this in.");
        throw BadField("too_short", "Please use at least " + plural(min) + ".");
    }
    if (*count > max) throw BadField("too_long", "Please use at most " + plural(max) + ".");
    return text;
}

std::int64_t fields::check_whole(std::int64_t number, std::int64_t min, std::int64_t max)
{
    if (number < min || number > max)
        throw BadField("range",
            "Please give a whole number from " + std::to_string(min) + " to " + std::to_string(max)
                + ".");
    return number;
}

Email Email::check(std::string text)
{
    text = fields::check_text(std::move(text), 1, 254);
    const auto at = text.rfind('@');
    const auto dot = text.rfind('.');
    const bool plausible = at != std::string::npos && at > 0 && dot != std::string::npos
        && dot > at + 1 && dot + 1 < text.size() && text.find('@') == at
        && std::none_of(text.begin(), text.end(), [](char c) { return is_blank(c) || c == ','; });
    if (!plausible)
        throw BadField("email", "Please give an e-mail address, such as ana@example.com.");
    std::transform(text.begin(), text.end(), text.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return {std::move(text)};
}

boost::json::object Email::schema()
{
    return {{"type", "string"}, {"format", "email"}, {"maxLength", 254}};
}

Password Password::check(std::string text)
{
    const auto count = characters(text);
    if (!count) throw BadField("text", "Please choose a password of letters, digits and signs.");
    if (*count < 8) throw BadField("too_short", "Please choose at least 8 characters.");
    if (*count > 200) throw BadField("too_long", "Please choose at most 200 characters.");
    return {std::move(text)};
}

boost::json::object Password::schema()
{
    return {{"type", "string"}, {"format", "password"}, {"minLength", 8}, {"maxLength", 200}};
}

Country Country::check(std::string text)
{
    text = trimmed(std::move(text));
    if (text.size() != 2 || !is_letter(text[0]) || !is_letter(text[1]))
        throw BadField("country", "Please give a country by its two letters, such as DE.");
    for (char& c : text) c = char(c & ~0x20);
    return {std::move(text)};
}

boost::json::object Country::schema()
{
    return {{"type", "string"}, {"pattern", "^[A-Za-z]{2}$"}, {"examples", {"DE"}}};
}

TimeZone TimeZone::check(std::string text)
{
    text = trimmed(std::move(text));
    if (text.size() > 64 || !is_time_zone(text))
        throw BadField("time_zone", "Please give a time zone by its name, such as Europe/Berlin.");
    return {std::move(text)};
}

boost::json::object TimeZone::schema()
{
    return {{"type", "string"}, {"maxLength", 64}, {"examples", {"Europe/Berlin"}}};
}

}  // namespace leadcrm
