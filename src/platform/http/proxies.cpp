#include "platform/http/proxies.hpp"

#include <algorithm>

namespace leadcrm::http {

namespace {

// "203.0.113.7:4711" and "[2001:db8::7]:4711", as some proxies write.
std::string_view without_port(std::string_view text)
{
    if (text.starts_with('[')) return text.substr(1, text.find(']') - 1);
    if (std::count(text.begin(), text.end(), ':') == 1) return text.substr(0, text.find(':'));
    return text;
}

}  // namespace

void TrustedProxies::tell_client(Request& request, std::string_view peer, bool peer_is_secure) const
{
    request.client_address = peer;
    request.secure = peer_is_secure;
    if (!networks_.hold(peer)) return;

    request.secure = peer_is_secure || request.header("X-Forwarded-Proto") == "https";
    // The header may be there several times; together they are one list.
    for (auto header = request.headers.rbegin(); header != request.headers.rend(); ++header) {
        if (!same_name(header->first, "X-Forwarded-For")) continue;
        std::string_view list = header->second;
        while (!list.empty()) {
            const auto comma = list.rfind(',');
            const auto begin = comma == std::string_view::npos ? 0 : comma + 1;
            const auto address = without_port(trimmed(list.substr(begin)));
            if (!is_address(address)) return;
            request.client_address = address;
            if (!networks_.hold(address)) return;
            list = list.substr(0, begin == 0 ? 0 : begin - 1);
        }
    }
}

}  // namespace leadcrm::http
