#include "platform/http/message.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>

namespace leadcrm::http {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

int digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// The byte that "%41" at `at` stands for, or -1.
int encoded_byte(std::string_view text, std::size_t at)
{
    if (at + 2 >= text.size()) return -1;
    const int high = digit(text[at + 1]);
    const int low = digit(text[at + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

std::string decode_form(std::string_view text)
{
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const int byte = text[at] == '%' ? encoded_byte(text, at) : -1;
        if (byte >= 0) at += 2;
        plain += byte >= 0 ? static_cast<char>(byte) : text[at] == '+' ? ' ' : text[at];
    }
    return plain;
}

// Calls take(name, value), both still encoded, until it says that it has seen enough.
template <class Take>
void each_pair(std::string_view text, const Take& take)
{
    while (!text.empty()) {
        const auto pair = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(pair.size() + 1, text.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        if (take(pair.substr(0, equals), pair.substr(std::min(equals + 1, pair.size())))) return;
    }
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

}  // namespace

bool same_name(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
        [](char x, char y) { return lower(x) == lower(y); });
}

bool is_utf8(std::string_view text)
{
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    auto left = static_cast<utf8proc_ssize_t>(text.size());
    while (left > 0) {
        utf8proc_int32_t character = 0;
        const auto length = utf8proc_iterate(bytes, left, &character);
        if (length < 0) return false;
        bytes += length;
        left -= length;
    }
    return true;
}

std::optional<std::string> decode_path(std::string_view text)
{
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        int byte = static_cast<unsigned char>(text[at]);
        if (text[at] == '%') {
            byte = encoded_byte(text, at);
            at += 2;
        }
        if (byte < 0x20 || byte == 0x7f) return std::nullopt;
        plain += static_cast<char>(byte);
    }
    if (!is_utf8(plain)) return std::nullopt;
    return plain;
}

std::vector<std::pair<std::string, std::string>> parse_form(std::string_view text)
{
    std::vector<std::pair<std::string, std::string>> pairs;
    each_pair(text, [&](std::string_view name, std::string_view value) {
        pairs.emplace_back(decode_form(name), decode_form(value));
        return false;
    });
    return pairs;
}

std::optional<std::string_view> Request::header(std::string_view name) const
{
    for (const auto& [known, value] : headers)
        if (same_name(known, name)) return value;
    return std::nullopt;
}

std::optional<std::string> Request::query_value(std::string_view name) const
{
    std::optional<std::string> found;
    each_pair(query, [&](std::string_view encoded_name, std::string_view value) {
        if (decode_form(encoded_name) == name) found = decode_form(value);
        return found.has_value();
    });
    return found;
}

std::optional<std::string> Request::cookie(std::string_view name) const
{
    for (const auto& [header_name, value] : headers) {
        if (!same_name(header_name, "Cookie")) continue;
        std::string_view rest = value;
        while (!rest.empty()) {
            const auto pair = rest.substr(0, rest.find(';'));
            rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
            const auto equals = pair.find('=');
            if (equals == std::string_view::npos || trimmed(pair.substr(0, equals)) != name)
                continue;
            return std::string(trimmed(pair.substr(equals + 1)));
        }
    }
    return std::nullopt;
}

}  // namespace leadcrm::http
