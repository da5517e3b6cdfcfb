// How much each API key may ask: a quota of requests for a window of time, told in every answer by
// the fields RateLimit-Policy and RateLimit of draft-ietf-httpapi-ratelimit-headers-10. Counted in
// this process: several processes allow as much each. Thread-safe.
#pragma once

#include "platform/http/message.hpp"
#include "platform/id.hpp"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <unordered_map>

namespace leadcrm::http {

using ApiKeyId = Id<"key">;

class RateLimit {
public:
    using Clock = std::chrono::steady_clock;

    explicit RateLimit(std::int64_t quota, std::chrono::seconds window = std::chrono::minutes(1));

    struct Standing {
        bool is_within = true;
        std::int64_t remaining = 0;  // requests
        int reset_s = 0;  // until the quota is whole again
    };
    Standing count(const ApiKeyId& key, Clock::time_point now = Clock::now());

    void tell(Response& answer, const Standing& standing) const;

private:
    struct Window {
        Clock::time_point ends;
        std::int64_t asked = 0;
    };

    const std::int64_t quota_;
    const std::chrono::seconds window_;
    std::mutex mutex_;
    std::unordered_map<ApiKeyId, Window> windows_;
};

}  // namespace leadcrm::http
