// Whose word about a request's sender is taken: the proxies an operator trusts.
#pragma once

#include "platform/http/message.hpp"
#include "platform/http/networks.hpp"

#include <string_view>

namespace leadcrm::http {

class TrustedProxies {
public:
    // "127.0.0.1, 10.0.0.0/8, fd00::/8". Throws std::invalid_argument for what is no network.
    explicit TrustedProxies(std::string_view networks) : networks_(networks) { }

    // Sets client_address and secure. X-Forwarded-For is read from its end, where the nearest proxy
    // wrote, up to the first address that is not one of ours: whatever stands before it, the
    // client may have made up.
    void tell_client(Request& request, std::string_view peer, bool peer_is_secure) const;

private:
    Networks networks_;
};

}  // namespace leadcrm::http
