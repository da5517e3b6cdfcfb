// A small closed-loop HTTP load: one thread, epoll, keep-alive, one request at a time on each
// connection. The same loop measures the product and the nginx baseline, so its own cost is in
// both.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace leadcrm::bench {

struct Target {
    std::string host = "127.0.0.1";  // an IPv4 address
    int port = 0;
};

struct Load {
    Target target;
    int connections = 1;
    std::chrono::milliseconds duration{5'000};
    // Writes the next request, whole, into the empty text.
    std::function<void(std::string& request)> next_request;
};

struct Figures {
    std::uint64_t answers = 0;
    std::uint64_t failures = 0;  // not 2xx, or the connection broke
    double seconds = 0;
    std::vector<std::uint32_t> latencies_us;  // sorted

    double per_second() const { return seconds > 0 ? double(answers) / seconds : 0; }
    // `share` from 0 to 1; 0 when nothing was measured.
    std::uint32_t latency_us(double share) const;
};

Figures run(const Load& load);

// A connected blocking socket; throws std::runtime_error when nobody listens.
int connect_to(const Target& target);

}  // namespace leadcrm::bench
