#include "meta-simulator/graph/meta_text.hpp"

#include <boost/json/serialize.hpp>

#include <cstdint>
#include <ctime>

namespace leadcrm::simulator {

namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

void append_unit(std::string& text, std::uint32_t unit)
{
    text += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) text += hex_digits[(unit >> shift) & 0xf];
}

// Reads the code point that begins at `at` and moves behind it. The text is valid UTF-8: it came
// out of Boost.JSON or out of this program.
std::uint32_t next_code_point(std::string_view text, std::size_t& at)
{
    const auto first = static_cast<unsigned char>(text[at++]);
    if (first < 0x80) return first;
    const int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    std::uint32_t point = first & (0x3f >> more);
    for (int i = 0; i < more && at < text.size(); ++i)
        point = (point << 6) | (static_cast<unsigned char>(text[at++]) & 0x3f);
    return point;
}

void append_string(std::string& text, std::string_view string, bool escape_slashes)
{
    text += '"';
    for (std::size_t at = 0; at < string.size();) {
        const auto point = next_code_point(string, at);
        if (point == '"' || point == '\\' || (point == '/' && escape_slashes))
            (text += '\\') += static_cast<char>(point);
        else if (point == '\n')
            text += "\\n";
        else if (point == '\r')
            text += "\\r";
        else if (point == '\t')
            text += "\\t";
        else if (point >= 0x10000) {
            append_unit(text, 0xd800 + ((point - 0x10000) >> 10));
            append_unit(text, 0xdc00 + ((point - 0x10000) & 0x3ff));
        } else if (point < 0x20 || point >= 0x7f)
            append_unit(text, point);
        else
            text += static_cast<char>(point);
    }
    text += '"';
}

void append(std::string& text, const json::value& tree, bool escape_slashes)
{
    if (const auto* object = tree.if_object()) {
        text += '{';
        for (const auto& [key, member] : *object) {
            if (text.back() != '{') text += ',';
            append_string(text, key, escape_slashes);
            text += ':';
            append(text, member, escape_slashes);
        }
        text += '}';
    } else if (const auto* array = tree.if_array()) {
        text += '[';
        for (const auto& element : *array) {
            if (text.back() != '[') text += ',';
            append(text, element, escape_slashes);
        }
        text += ']';
    } else if (const auto* string = tree.if_string()) {
        append_string(text, *string, escape_slashes);
    } else {
        text += boost::json::serialize(tree);
    }
}

}  // namespace

std::string meta_json(const json::value& tree, bool escape_slashes)
{
    std::string text;
    append(text, tree, escape_slashes);
    return text;
}

std::string meta_time(Instant at)
{
    const std::time_t seconds = at.unix_seconds();
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S+0000", &parts)};
}

std::string percent_encoded(std::string_view text)
{
    constexpr std::string_view plain = "-_.~";
    std::string encoded;
    for (const unsigned char c : text) {
        if (std::isalnum(c) || plain.find(static_cast<char>(c)) != plain.npos)
            encoded += static_cast<char>(c);
        else
            ((encoded += '%') += "0123456789ABCDEF"[c >> 4]) += "0123456789ABCDEF"[c & 0xf];
    }
    return encoded;
}

}  // namespace leadcrm::simulator
