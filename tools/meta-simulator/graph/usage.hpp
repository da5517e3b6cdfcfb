// Rate limits as Meta keeps them: calls are counted per app, person and page; a limit that is used
// up closes for some minutes, and calls meanwhile prolong that. There is no 429 and no Retry-After:
// the error's code and the usage headers are all a client gets.
#pragma once

#include "meta-simulator/graph/graph_settings.hpp"
#include "meta-simulator/world/objects.hpp"
#include "platform/http/message.hpp"
#include "platform/time/instant.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>

namespace leadcrm::simulator {

// What one call counts towards.
struct UsageOf {
    std::string page_id;  // empty: no page
    bool is_leadgen = false;  // leads and forms; otherwise the page itself
    TokenKind token = TokenKind::page;
    std::size_t living_leads = 0;  // for the lead generation limit
};

class Usage {
public:
    // Throws GraphError 4, 17, 32, 613, 80001 or 80005 while the limit that covers the call is
    // closed.
    void count(const UsageOf& of, const GraphSettings& settings, Instant now);

    // Closes a limit. `announced_minutes` is what the header says to wait; otherwise the truth.
    void close(int code, const std::string& page_id, Instant until, std::chrono::seconds prolong_by,
        std::optional<std::int64_t> announced_minutes);
    void reopen_all() { buckets_.clear(); }

    // X-App-Usage and X-Business-Use-Case-Usage for an answer to this call.
    http::Headers headers(const UsageOf& of, const GraphSettings& settings, Instant now) const;

private:
    struct Bucket {
        std::int64_t calls = 0;
        Instant window_began;
        Instant closed_until;
        std::chrono::seconds prolong_by{0};
        std::optional<std::int64_t> announced_minutes;
    };
    struct Limit {
        int code;
        std::string bucket;
        std::int64_t calls_max;  // 0: no limit of its own, only closed by hand
        std::chrono::hours window;
    };
    static std::vector<Limit> limits_on(const UsageOf& of, const GraphSettings& settings);
    const Bucket* find(const std::string& name) const;
    std::string business_usage(const std::string& type, const Limit& limit, Instant now) const;

    std::map<std::string, Bucket> buckets_;
};

}  // namespace leadcrm::simulator
