#include "platform/net/public_address.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>

#include <initializer_list>

namespace leadcrm::net {
namespace {

bool is_public(const char* text)
{
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
        return net::is_public(reinterpret_cast<const sockaddr*>(&v4));
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    REQUIRE(inet_pton(AF_INET6, text, &v6.sin6_addr) == 1);
    return net::is_public(reinterpret_cast<const sockaddr*>(&v6));
}

}  // namespace

TEST_CASE("an address of a network that is not the internet's is told from one that is")
{
    for (const auto* text :
        {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8"}) {
        CAPTURE(text);
        CHECK(is_public(text));
    }
    for (const auto* text : {"127.0.0.1", "10.1.2.3", "172.31.255.255", "192.168.0.1",
             "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1",
             "::", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254",
             "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "ff02::1"}) {
        CAPTURE(text);
        CHECK_FALSE(is_public(text));
    }
}

}  // namespace leadcrm::net
