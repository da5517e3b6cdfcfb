#include "meta/graph_limits.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <random>

namespace leadcrm::meta {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr double slow_from_percent = 75;
constexpr milliseconds slowest_pause{10'000};
constexpr minutes unknown_regain{5};
constexpr int unhurried_factor = 6;  // from 75 % on: up to a minute between two calls

// The value after `"name":` in the text of one object, without quotes or blanks.
std::string_view value_after(std::string_view object, std::string_view name)
{
    auto at = object.find(name);
    if (at == object.npos) return {};
    at = object.find_first_not_of("\": \t", at + name.size());
    if (at == object.npos) return {};
    const auto end = object.find_first_of("\",} \t", at);
    return object.substr(at, end == object.npos ? object.npos : end - at);
}

double number_after(std::string_view object, std::string_view name)
{
    const auto text = value_after(object, name);
    double number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc() && number > 0 ? number : 0;
}

bool concerns_leads(std::string_view type)
{
    return type.empty() || type == "leadgen" || type == "pages";
}

Usage read_object(std::string_view object)
{
    if (!concerns_leads(value_after(object, "\"type\""))) return {};
    constexpr double most = 7 * 24 * 60;  // nobody waits longer than a week on Meta's word
    Usage usage;
    for (const auto name : {"\"call_count\"", "\"total_time\"", "\"total_cputime\""})
        usage.percent = std::max(usage.percent, number_after(object, name));
    usage.regain = minutes(static_cast<int>(
        std::min(number_after(object, "\"estimated_time_to_regain_access\""), most)));
    return usage;
}

milliseconds random_below(milliseconds most)
{
    thread_local std::mt19937_64 random{std::random_device{}()};
    return milliseconds(std::uniform_int_distribution<milliseconds::rep>(0, most.count())(random));
}

// How long to leave Meta alone after an answer with this usage.
milliseconds pause_after(const Usage& usage)
{
    if (usage.percent < slow_from_percent && usage.regain == minutes(0)) return milliseconds(0);
    if (usage.percent < 100 && usage.regain == minutes(0))
        return milliseconds(static_cast<milliseconds::rep>(double(slowest_pause.count())
            * (usage.percent - slow_from_percent) / (100 - slow_from_percent)));
    const milliseconds regain = usage.regain > minutes(0) ? usage.regain : unknown_regain;
    // Everybody who was stopped is let in at the same moment; do not all come at once.
    return regain + random_below(regain / 10 + std::chrono::seconds(5));
}

// A kinder answer does not shorten a wait.
void hold(Instant& until, Instant at) { until = std::max(until, at); }

void forget_past(std::map<std::string, Instant>& pages, const std::string& page_id, Instant now)
{
    const auto page = pages.find(page_id);
    if (page != pages.end() && page->second <= now) pages.erase(page);
}

}  // namespace

void Usage::add(const Usage& other)
{
    percent = std::max(percent, other.percent);
    regain = std::max(regain, other.regain);
}

Usage read_usage(std::string_view header)
{
    Usage usage;
    std::optional<std::size_t> open;
    for (std::size_t i = 0; i < header.size(); ++i) {
        if (header[i] == '{') open = i;
        if (header[i] == '}' && open) {
            usage.add(read_object(header.substr(*open, i - *open + 1)));
            open.reset();
        }
    }
    if (open) usage.add(read_object(header.substr(*open)));
    return usage;
}

Instant GraphLimits::free_at(const std::string& page_id) const
{
    const std::lock_guard lock(mutex_);
    const auto page = pages_.find(page_id);
    return page == pages_.end() ? app_ : std::max(app_, page->second);
}

Instant GraphLimits::unhurried_free_at(const std::string& page_id) const
{
    const auto at = free_at(page_id);
    const std::lock_guard lock(mutex_);
    const auto page = unhurried_.find(page_id);
    return page == unhurried_.end() ? at : std::max(at, page->second);
}

bool GraphLimits::is_app_waiting(Instant now) const
{
    const std::lock_guard lock(mutex_);
    return app_ > now;
}

int GraphLimits::pages_waiting(Instant now) const
{
    const std::lock_guard lock(mutex_);
    return static_cast<int>(std::count_if(
        pages_.begin(), pages_.end(), [&](const auto& page) { return page.second > now; }));
}

void GraphLimits::learn_page(const std::string& page_id, const Usage& usage, Instant now)
{
    const auto pause = pause_after(usage);
    const std::lock_guard lock(mutex_);
    if (pause > milliseconds(0)) {
        hold(pages_[page_id], now + pause);
        const bool is_slow_only = pause <= slowest_pause;
        hold(unhurried_[page_id], now + (is_slow_only ? unhurried_factor * pause : pause));
    } else {
        forget_past(pages_, page_id, now);
        forget_past(unhurried_, page_id, now);
    }
}

void GraphLimits::learn_app(const Usage& usage, Instant now)
{
    const auto pause = pause_after(usage);
    const std::lock_guard lock(mutex_);
    if (pause > milliseconds(0)) hold(app_, now + pause);
}

void GraphLimits::refused(
    const std::string& page_id, std::int64_t code, const Usage& usage, Instant now)
{
    constexpr std::int64_t app_limit = 4;
    constexpr std::int64_t blocked_for_policy = 368;
    Usage full = usage;
    full.percent = 100;
    if (code == blocked_for_policy) full.regain = std::max(full.regain, minutes(60));
    if (code == app_limit)
        learn_app(full, now);
    else
        learn_page(page_id, full, now);
}

}  // namespace leadcrm::meta
