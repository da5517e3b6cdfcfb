#include "platform/http/proxies.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace leadcrm::http;

namespace {

std::string client(const TrustedProxies& proxies, std::string_view peer, Headers headers)
{
    Request request{.headers = std::move(headers)};
    proxies.tell_client(request, peer, false);
    return request.client_address + (request.secure ? " by https" : "");
}

}  // namespace

TEST_CASE("only a trusted proxy is believed about the client's address")
{
    const TrustedProxies proxies("127.0.0.1, 10.0.0.0/8,fd00::/8");
    const Headers told{{"X-Forwarded-For", "203.0.113.9"}, {"X-Forwarded-Proto", "https"}};

    CHECK(client(proxies, "198.51.100.1", told) == "198.51.100.1");
    CHECK(client(proxies, "127.0.0.1", told) == "203.0.113.9 by https");
    CHECK(client(proxies, "10.200.3.4", told) == "203.0.113.9 by https");
    CHECK(client(proxies, "11.0.0.1", told) == "11.0.0.1");
    CHECK(client(proxies, "fd12::1", told) == "203.0.113.9 by https");
    CHECK(client(TrustedProxies(""), "127.0.0.1", told) == "127.0.0.1");
}

TEST_CASE("addresses that the client made up stand before the ones our proxies wrote")
{
    const TrustedProxies proxies("127.0.0.1,10.0.0.0/8");
    const auto seen = [&](const Headers& headers) { return client(proxies, "127.0.0.1", headers); };

    CHECK(seen({{"X-Forwarded-For", "1.1.1.1, 203.0.113.9, 10.0.0.7"}}) == "203.0.113.9");
    CHECK(seen({{"X-Forwarded-For", "1.1.1.1"}, {"X-Forwarded-For", "203.0.113.9"}})
        == "203.0.113.9");
    CHECK(seen({{"X-Forwarded-For", "10.0.0.9"}}) == "10.0.0.9");
    CHECK(seen({{"X-Forwarded-For", "203.0.113.9:4711"}}) == "203.0.113.9");
    CHECK(seen({{"X-Forwarded-For", "[2001:db8::7]:4711"}}) == "2001:db8::7");
    CHECK(seen({{"X-Forwarded-For", "unknown"}}) == "127.0.0.1");
    CHECK(seen({{"X-Forwarded-For", ""}}) == "127.0.0.1");
    CHECK(seen({}) == "127.0.0.1");
}

TEST_CASE("a list of networks that cannot be read is refused")
{
    for (const auto* text : {"localhost", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/", "::1/129"})
        CHECK_THROWS_AS(TrustedProxies{text}, std::invalid_argument);
}
