#include "platform/http/networks.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <string>

namespace leadcrm::http {

namespace {

using Bytes = std::array<std::uint8_t, 16>;
constexpr int v4_prefix_bits = 96;  // IPv4 is compared as ::ffff:a.b.c.d

std::optional<Bytes> parse_address(std::string_view text)
{
    const std::string terminated(text);
    Bytes bytes{};
    if (inet_pton(AF_INET6, terminated.c_str(), bytes.data()) == 1) return bytes;
    bytes = {};
    bytes[10] = bytes[11] = 0xff;
    if (inet_pton(AF_INET, terminated.c_str(), bytes.data() + 12) == 1) return bytes;
    return std::nullopt;
}

bool same_bits(const Bytes& a, const Bytes& b, int bits)
{
    const auto whole = static_cast<std::size_t>(bits / 8);
    if (std::memcmp(a.data(), b.data(), whole) != 0) return false;
    const int rest = bits % 8;
    return rest == 0 || ((a[whole] ^ b[whole]) >> (8 - rest)) == 0;
}

}  // namespace

Networks::Networks(std::string_view list)
{
    while (!list.empty()) {
        const auto item = list.substr(0, list.find(','));
        list.remove_prefix(std::min(item.size() + 1, list.size()));
        const auto text = trimmed(item);
        if (text.empty()) continue;
        const auto slash = text.find('/');
        const auto address = text.substr(0, slash);
        const auto bytes = parse_address(address);
        const bool is_v4 = address.find(':') == std::string_view::npos;
        int bits = is_v4 ? 32 : 128;
        if (slash != std::string_view::npos) {
            const auto digits = text.substr(slash + 1);
            const auto* end = digits.data() + digits.size();
            int given = -1;
            if (std::from_chars(digits.data(), end, given).ptr != end || given < 0 || given > bits)
                throw std::invalid_argument("not a network: " + std::string(text));
            bits = given;
        }
        if (!bytes) throw std::invalid_argument("not a network: " + std::string(text));
        networks_.push_back({*bytes, is_v4 ? bits + v4_prefix_bits : bits});
    }
}

bool Networks::hold(std::string_view address) const
{
    const auto bytes = parse_address(address);
    return bytes && std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
        return same_bits(network.bytes, *bytes, network.bits);
    });
}

std::string_view trimmed(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool is_address(std::string_view text) { return parse_address(text).has_value(); }

}  // namespace leadcrm::http
