#include "platform/net/public_address.hpp"

#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace leadcrm::net {
namespace {

namespace ip = boost::asio::ip;

struct Block4 {
    const char* first;
    unsigned short length;
};

// IANA's special-purpose registry (RFC 6890), and multicast.
constexpr std::array closed4{Block4{"0.0.0.0", 8}, Block4{"10.0.0.0", 8}, Block4{"100.64.0.0", 10},
    Block4{"127.0.0.0", 8}, Block4{"169.254.0.0", 16}, Block4{"172.16.0.0", 12},
    Block4{"192.0.0.0", 24}, Block4{"192.0.2.0", 24}, Block4{"192.88.99.0", 24},
    Block4{"192.168.0.0", 16}, Block4{"198.18.0.0", 15}, Block4{"198.51.100.0", 24},
    Block4{"203.0.113.0", 24}, Block4{"224.0.0.0", 3}};

bool is_within(const ip::address_v4& address, const Block4& block)
{
    const auto mask = ~std::uint32_t(0) << (32 - block.length);
    return (address.to_uint() & mask) == ip::make_address_v4(block.first).to_uint();
}

bool is_public4(const ip::address_v4& address)
{
    return std::ranges::none_of(
        closed4, [&](const Block4& block) { return is_within(address, block); });
}

}  // namespace

bool is_public(const sockaddr* address)
{
    if (address->sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, address, sizeof v4);
        return is_public4(ip::address_v4(ntohl(v4.sin_addr.s_addr)));
    }
    if (address->sa_family != AF_INET6) return false;
    sockaddr_in6 v6{};
    std::memcpy(&v6, address, sizeof v6);
    ip::address_v6::bytes_type bytes{};
    std::copy(std::begin(v6.sin6_addr.s6_addr), std::end(v6.sin6_addr.s6_addr), bytes.begin());
    const ip::address_v6 found(bytes);
    if (found.is_v4_mapped()) return is_public4(ip::make_address_v4(ip::v4_mapped, found));
    // Only 2000::/3 is handed out; of it not documentation, nor what carries an IPv4 address.
    const bool is_global = (bytes[0] & 0xE0) == 0x20;
    const bool is_6to4 = bytes[0] == 0x20 && bytes[1] == 0x02;
    const bool is_special = bytes[0] == 0x20 && bytes[1] == 0x01
        && ((bytes[2] & 0xFE) == 0 || (bytes[2] == 0x0D && bytes[3] == 0xB8));
    return is_global && !is_6to4 && !is_special;
}

}  // namespace leadcrm::net
