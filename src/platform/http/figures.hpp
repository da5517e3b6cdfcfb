// What the server counts: requests and their time by route, open connections and streams.
#pragma once

#include "platform/http/routes.hpp"
#include "platform/metrics/metrics.hpp"

#include <array>
#include <atomic>
#include <unordered_map>

namespace leadcrm::http {

class Figures {
public:
    explicit Figures(const Routes& routes);

    // `route` is null for a path that has none.
    void count(const Route* route, int status, double seconds) const;

    // Of all servers of this process.
    static std::atomic<int> connections;
    static std::atomic<int> streams;

private:
    struct OfRoute {
        std::array<metrics::Counter*, 5> by_class{};  // 1xx … 5xx
        metrics::Histogram* seconds = nullptr;
    };
    static OfRoute make(const std::string& method, const std::string& path);

    std::unordered_map<const Route*, OfRoute> of_route_;
};

}  // namespace leadcrm::http
