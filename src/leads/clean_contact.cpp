#include "leads/clean_contact.hpp"

#include "leads/folded_text.hpp"
#include "platform/fields.hpp"
#include "platform/phone/phone.hpp"

#include <utility>

namespace leadcrm::leads {
namespace {

constexpr std::size_t name_characters_max = 200;
constexpr std::size_t phone_raw_bytes_max = 100;

// Trimmed, on one line, at most name_characters_max characters.
std::string clean_line(const std::string& text)
{
    std::string line;
    std::size_t characters = 0;
    bool waiting = false;
    for (const char c : storable(text)) {
        const bool begins = (c & 0xC0) != 0x80;
        if (std::uint8_t(c) <= ' ' || c == 0x7F) {
            waiting = !line.empty();
            continue;
        }
        if (begins) characters += waiting ? 2 : 1;
        if (characters > name_characters_max) break;
        if (std::exchange(waiting, false)) line += ' ';
        line += c;
    }
    return line;
}

// What is no address stays where it is, among the answers.
std::optional<std::string> clean_email(const std::string& text)
{
    try {
        return Email::check(text).value;
    } catch (const BadField&) {
        return std::nullopt;
    }
}

}  // namespace

std::string cut(std::string text, std::size_t bytes_max)
{
    if (text.size() <= bytes_max) return text;
    while (bytes_max > 0 && (text[bytes_max] & 0xC0) == 0x80) --bytes_max;
    text.resize(bytes_max);
    return text;
}

CleanContact clean(const Contact& contact, const std::string& country)
{
    CleanContact clean{clean_line(contact.name), clean_email(contact.email), {}, {}};
    const auto typed = clean_line(contact.phone);
    if (!typed.empty()) {
        clean.phone = phone::to_e164(typed, country);
        clean.phone_raw = cut(typed, phone_raw_bytes_max);
    }
    return clean;
}

}  // namespace leadcrm::leads
