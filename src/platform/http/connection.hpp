// One connection, from its accept to its end: connection.cpp. Plain or TLS is decided once, here.
#pragma once

#include "platform/http/dispatcher.hpp"
#include "platform/http/figures.hpp"
#include "platform/http/io.hpp"
#include "platform/http/loop.hpp"
#include "platform/http/proxies.hpp"
#include "platform/http/server.hpp"

#include <boost/asio/ssl/context.hpp>

#include <atomic>
#include <memory>
#include <optional>

namespace leadcrm::http {

// What all connections of a server share. A connection whose handler is still at work when the
// server stops outlives the server; it answers nobody then, and asks `dispatcher` nothing.
struct ServerParts {
    Dispatcher& dispatcher;
    const Limits limits;
    const TrustedProxies proxies;
    const Figures figures;
    std::optional<boost::asio::ssl::context> tls;
    std::atomic<std::size_t> body_bytes = 0;
};

// Serves the socket on its loop, which has been told to expect_one().
void serve(std::shared_ptr<Loop> loop, Socket socket, std::shared_ptr<ServerParts> parts);

}  // namespace leadcrm::http
