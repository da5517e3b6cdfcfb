#include "platform/http/proxies.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>
#include <stdexcept>

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

std::string_view trimmed(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool same_bits(const Bytes& a, const Bytes& b, int bits)
{
    const auto whole = static_cast<std::size_t>(bits / 8);
    if (std::memcmp(a.data(), b.data(), whole) != 0) return false;
    const int rest = bits % 8;
    return rest == 0 || ((a[whole] ^ b[whole]) >> (8 - rest)) == 0;
}

// "203.0.113.7:4711" and "[2001:db8::7]:4711", as some proxies write.
std::string_view without_port(std::string_view text)
{
    if (text.starts_with('[')) return text.substr(1, text.find(']') - 1);
    if (std::count(text.begin(), text.end(), ':') == 1) return text.substr(0, text.find(':'));
    return text;
}

}  // namespace

TrustedProxies::TrustedProxies(std::string_view networks)
{
    while (!networks.empty()) {
        const auto item = networks.substr(0, networks.find(','));
        networks.remove_prefix(std::min(item.size() + 1, networks.size()));
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

bool TrustedProxies::trusts(std::string_view address) const
{
    const auto bytes = parse_address(address);
    return bytes && std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
        return same_bits(network.bytes, *bytes, network.bits);
    });
}

void TrustedProxies::tell_client(Request& request, std::string_view peer, bool peer_is_secure) const
{
    request.client_address = peer;
    request.secure = peer_is_secure;
    if (networks_.empty() || !trusts(peer)) return;

    request.secure = peer_is_secure || request.header("X-Forwarded-Proto") == "https";
    // The header may be there several times; together they are one list.
    for (auto header = request.headers.rbegin(); header != request.headers.rend(); ++header) {
        if (!same_name(header->first, "X-Forwarded-For")) continue;
        std::string_view list = header->second;
        while (!list.empty()) {
            const auto comma = list.rfind(',');
            const auto begin = comma == std::string_view::npos ? 0 : comma + 1;
            const auto address = without_port(trimmed(list.substr(begin)));
            if (!parse_address(address)) return;
            request.client_address = address;
            if (!trusts(address)) return;
            list = list.substr(0, begin == 0 ? 0 : begin - 1);
        }
    }
}

}  // namespace leadcrm::http
