// The HTTP server: sockets, TLS, limits, graceful stop. What a request means: dispatcher.hpp. How a
// connection is served: connection.cpp.
#pragma once

#include "platform/http/dispatcher.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace leadcrm::http {

// Nothing a stranger can do is without a limit. Tests make them smaller.
struct Limits {
    std::size_t header_max = std::size_t(16) * 1024;  // bytes of a head; more is 431
    std::chrono::milliseconds header_time{10'000};  // from its first byte to its last; then 408
    std::chrono::milliseconds body_time{10'000};
    std::chrono::milliseconds idle_time{75'000};  // without a request
    std::chrono::milliseconds write_time{30'000};  // without the client taking a byte
    std::size_t connections_max = 20'000;  // one more is answered 503
    // Bytes of all bodies that are being read or worked on; more is 503. One body's limit belongs
    // to its route.
    std::size_t bodies_max = std::size_t(128) * 1024 * 1024;
    std::size_t events_waiting_max = 256;  // for one stream; then it is dropped
    std::chrono::milliseconds heartbeat{15'000};  // a comment line keeps a quiet stream open
    std::chrono::milliseconds stream_check{60'000};  // may its reader still hear it?
};

struct ServerSettings {
    std::string listen = "127.0.0.1:8080";  // "[::]:8443"; port 0 lets the system choose
    int threads = 0;  // 0: one for each core
    std::filesystem::path tls_cert;  // PEM, the whole chain; empty: plain HTTP
    std::filesystem::path tls_key;
    std::string trusted_proxies;  // "127.0.0.1, 10.0.0.0/8"
    Limits limits = {};
};

class Server {
public:
    // Binds; throws std::runtime_error when the address is taken or the certificate cannot be
    // read. `dispatcher` must outlive it.
    Server(Dispatcher& dispatcher, const ServerSettings& settings);
    ~Server();  // stops, with little patience

    void start();
    std::uint16_t port() const;
    // Accepts nothing new, closes idle connections and streams at once, lets running requests
    // finish for as long as `patience`. Blocking; not on an I/O thread.
    void stop(std::chrono::milliseconds patience = std::chrono::seconds(10));

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace leadcrm::http
