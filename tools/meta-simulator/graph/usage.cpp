#include "meta-simulator/graph/usage.hpp"

#include "meta-simulator/graph/graph_error.hpp"

#include <algorithm>

namespace leadcrm::simulator {

namespace {

// The key Meta files a business's usage under; one business owns all pages here.
constexpr std::string_view business_id = "1234567890";

std::string bucket_of(int code, const std::string& page_id)
{
    return (code == 4 || code == 17) ? std::to_string(code) : std::to_string(code) + ":" + page_id;
}

std::int64_t percent(std::int64_t calls, std::int64_t calls_max)
{
    return calls_max == 0 ? 0 : calls * 100 / calls_max;
}

}  // namespace

std::vector<Usage::Limit> Usage::limits_on(const UsageOf& of, const GraphSettings& settings)
{
    using std::chrono::hours;
    const bool by_a_person = of.token == TokenKind::user;
    std::vector<Limit> limits{{4, bucket_of(4, ""), settings.app_calls_per_hour, hours(1)}};
    if (by_a_person) limits.push_back({17, bucket_of(17, ""), 0, hours(1)});
    if (of.page_id.empty()) return limits;
    if (of.is_leadgen) {
        const auto formula =
            4800 * std::max<std::int64_t>(1, static_cast<std::int64_t>(of.living_leads));
        const auto calls_max =
            settings.leadgen_calls_per_day == 0 ? formula : settings.leadgen_calls_per_day;
        limits.push_back({80005, bucket_of(80005, of.page_id), calls_max, hours(24)});
        limits.push_back({613, bucket_of(613, of.page_id), 0, hours(1)});
    } else {
        const int code = by_a_person ? 32 : 80001;
        limits.push_back(
            {code, bucket_of(code, of.page_id), settings.page_calls_per_day, hours(24)});
    }
    return limits;
}

void Usage::count(const UsageOf& of, const GraphSettings& settings, Instant now)
{
    std::optional<int> closed;
    for (const auto& limit : limits_on(of, settings)) {
        auto& bucket = buckets_[limit.bucket];
        if (now - bucket.window_began >= limit.window) {
            bucket.window_began = now;
            bucket.calls = 0;
        }
        ++bucket.calls;
        if (now < bucket.closed_until) {
            bucket.closed_until = bucket.closed_until + bucket.prolong_by;
            closed = closed.value_or(limit.code);
        } else if (limit.calls_max > 0 && bucket.calls > limit.calls_max) {
            // Coming back after the wait finds the limit open again, with a fresh window.
            bucket = {.calls = limit.calls_max,
                .window_began = now - limit.window + std::chrono::seconds(settings.regain_s),
                .closed_until = now + std::chrono::seconds(settings.regain_s),
                .prolong_by = std::chrono::seconds(settings.prolong_s)};
            closed = closed.value_or(limit.code);
        }
    }
    if (closed) throw throttled(*closed);
}

void Usage::close(int code, const std::string& page_id, Instant until,
    std::chrono::seconds prolong_by, std::optional<std::int64_t> announced_minutes)
{
    auto& bucket = buckets_[bucket_of(code, page_id)];
    bucket.closed_until = until;
    bucket.prolong_by = prolong_by;
    bucket.announced_minutes = announced_minutes;
}

const Usage::Bucket* Usage::find(const std::string& name) const
{
    const auto found = buckets_.find(name);
    return found == buckets_.end() ? nullptr : &found->second;
}

std::string Usage::business_usage(const std::string& type, const Limit& limit, Instant now) const
{
    const Bucket* bucket = find(limit.bucket);
    std::int64_t calls = bucket ? percent(bucket->calls, limit.calls_max) : 0;
    std::int64_t minutes = 0;
    if (bucket && now < bucket->closed_until) {
        calls = std::max<std::int64_t>(calls, 100);
        const auto wait = std::chrono::ceil<std::chrono::minutes>(bucket->closed_until - now);
        minutes = bucket->announced_minutes.value_or(wait.count());
    }
    return "{\"type\":\"" + type + "\",\"call_count\":" + std::to_string(calls)
        + ",\"total_cputime\":" + std::to_string(calls / 3)
        + ",\"total_time\":" + std::to_string(calls / 2)
        + ",\"estimated_time_to_regain_access\":" + std::to_string(minutes) + "}";
}

http::Headers Usage::headers(const UsageOf& of, const GraphSettings& settings, Instant now) const
{
    if (settings.usage_header == UsageHeader::absent) return {};
    const auto* app = find(bucket_of(4, ""));
    const auto used = std::max(app ? percent(app->calls, settings.app_calls_per_hour) : 0,
        std::int64_t{app && now < app->closed_until ? 100 : 0});
    http::Headers headers{{"X-App-Usage",
        "{\"call_count\":" + std::to_string(used) + ",\"total_time\":" + std::to_string(used / 2)
            + ",\"total_cputime\":" + std::to_string(used / 3) + "}"}};

    std::string objects;
    for (const auto& limit : limits_on(of, settings)) {
        if (limit.code != 80005 && limit.code != 80001 && limit.code != 32) continue;
        if (!objects.empty()) objects += ',';
        objects += business_usage(of.is_leadgen ? "leadgen" : "pages", limit, now);
    }
    if (objects.empty()) return headers;
    const auto entry = "\"" + std::string(business_id) + "\":[" + objects + "]";
    auto text = "{" + entry + "}";
    // Meta's own sample has the same key twice in one object.
    if (settings.usage_header == UsageHeader::doubled_key) text = "{" + entry + "," + entry + "}";
    if (settings.usage_header == UsageHeader::malformed) text.resize(text.size() - 2);
    headers.emplace_back("X-Business-Use-Case-Usage", std::move(text));
    return headers;
}

}  // namespace leadcrm::simulator
