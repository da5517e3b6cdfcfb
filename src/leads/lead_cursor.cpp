#include "leads/lead_cursor.hpp"

#include "platform/crypto/crypto.hpp"

#include <boost/json/array.hpp>

#include <array>
#include <optional>

namespace leadcrm::leads {
namespace {

constexpr std::array<std::string_view, 8> sorts{"-submitted_at", "submitted_at", "-received_at",
    "received_at", "-updated_at", "updated_at", "-name", "name"};

// Inside: version, fingerprint of the list, number, then the key: eight bytes or a name.
constexpr char cursor_version = 1;
constexpr std::size_t fingerprint_bytes = 8;
constexpr std::size_t number_bytes = 8;
constexpr std::size_t head_bytes = 1 + fingerprint_bytes + number_bytes;

std::string fingerprint(const Sort& sort, const LeadQuestion& ask)
{
    auto text = sort.value + '\n';
    json::append_text(text, ask);
    return crypto::sha256(text).substr(0, fingerprint_bytes);
}

std::string bytes_of(std::int64_t number)
{
    std::string bytes;
    for (int shift = 56; shift >= 0; shift -= 8)
        bytes += char((std::uint64_t(number) >> shift) & 0xFF);
    return bytes;
}

std::int64_t number_of(std::string_view bytes)
{
    std::uint64_t number = 0;
    for (const char c : bytes) number = number << 8 | std::uint8_t(c);
    return std::int64_t(number);
}

std::optional<unsigned> value_of(char c)
{
    if (c >= 'A' && c <= 'Z') return unsigned(c - 'A');
    if (c >= 'a' && c <= 'z') return unsigned(c - 'a' + 26);
    if (c >= '0' && c <= '9') return unsigned(c - '0' + 52);
    if (c == '-') return 62U;
    if (c == '_') return 63U;
    return std::nullopt;
}

std::optional<std::string> from_base64url(std::string_view text)
{
    std::string bytes;
    unsigned held = 0;
    int bits = 0;
    for (const char c : text) {
        const auto value = value_of(c);
        if (!value) return std::nullopt;
        held = (held << 6 | *value) & 0xFFFFU;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes += char(held >> bits & 0xFFU);
    }
    return bytes;
}

}  // namespace

Sort Sort::check(std::string text)
{
    for (const auto sort : sorts)
        if (text == sort) return {std::move(text)};
    throw BadField("enum",
        "Please sort by submitted_at, received_at, updated_at or name, with a - in front for the "
        "other way round.");
}

boost::json::object Sort::schema()
{
    return {{"type", "string"}, {"enum", boost::json::array(sorts.begin(), sorts.end())},
        {"default", sorts.front()}};
}

std::string_view Sort::field() const
{
    return std::string_view(value).substr(is_descending() ? 1 : 0);
}

std::string cursor_text(const Place& place, const Sort& sort, const LeadQuestion& ask)
{
    auto bytes = cursor_version + fingerprint(sort, ask) + bytes_of(place.number);
    if (const auto* time = std::get_if<std::int64_t>(&place.key))
        bytes += bytes_of(*time);
    else
        bytes += std::get<std::string>(place.key);
    return crypto::base64url(bytes);
}

Place read_cursor(std::string_view text, const Sort& sort, const LeadQuestion& ask)
{
    const auto bytes = from_base64url(text).value_or("");
    const auto list =
        std::string_view(bytes).substr(0, std::min(bytes.size(), 1 + fingerprint_bytes));
    if (bytes.size() < head_bytes || list != cursor_version + fingerprint(sort, ask))
        throw Failure::invalid(
            "cursor", "cursor", "This is no place in this list. Please start from its beginning.");

    const auto number =
        number_of(std::string_view(bytes).substr(1 + fingerprint_bytes, number_bytes));
    auto key = bytes.substr(head_bytes);
    if (sort.is_by_name()) {
        if (storable(key) == key) return {std::move(key), number};
    } else if (key.size() == number_bytes) {
        return {number_of(key), number};
    }
    throw Failure::invalid(
        "cursor", "cursor", "This is no place in this list. Please start from its beginning.");
}

}  // namespace leadcrm::leads
