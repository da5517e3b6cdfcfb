// Meta's rate limits as they look from here: what the usage headers of an answer say, and until
// when nothing may be asked for a page or for the whole app. Calls made while a limit is reached
// count too and prolong it, so the rule is: slow down from 75 %, stop at 100 %, go on when Meta
// says so.
#pragma once

#include "platform/time/instant.hpp"

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace leadcrm::meta {

// The fullest of the buckets that concern the reading of leads.
struct Usage {
    double percent = 0;
    std::chrono::minutes regain{0};  // until Meta lets us in again, when it says so

    void add(const Usage& other);
};

// X-App-Usage, X-Page-Usage and X-Business-Use-Case-Usage have the same figures in objects nested
// differently. Meta's own example repeats a key, so this reads the text object by object and does
// not mind what stands around them, nor where it breaks off. Buckets of other uses (ads, messenger)
// are passed over.
Usage read_usage(std::string_view header);

// Shared by all calls of this process. Thread-safe.
class GraphLimits {
public:
    // Calls for this page may be made from then on; long ago when nothing holds them up.
    Instant free_at(const std::string& page_id) const;
    // The same for reading that can wait. It slows down more from 75 % on, so that what is left
    // goes to the leads somebody waits for.
    Instant unhurried_free_at(const std::string& page_id) const;
    bool is_app_waiting(Instant now) const;
    int pages_waiting(Instant now) const;

    void learn_page(const std::string& page_id, const Usage& usage, Instant now);
    void learn_app(const Usage& usage, Instant now);
    // Meta refused a call with one of its limit codes.
    void refused(const std::string& page_id, std::int64_t code, const Usage& usage, Instant now);

private:
    mutable std::mutex mutex_;
    std::map<std::string, Instant> pages_;
    std::map<std::string, Instant> unhurried_;
    Instant app_;
};

}  // namespace leadcrm::meta
