#include "meta/delays.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

namespace leadcrm::meta {
namespace {

using Times = std::tuple<Instant, Instant, std::optional<Instant>>;

// A lead has the times of its latest submission; another one's screen says nothing about this one.
std::vector<Times> times_of(const db::Reader& db, const std::string& page_id, Instant since)
{
    return db.rows<Times>(
        "SELECT l.submitted_at, l.received_at, l.visible_at FROM lead_fetches AS f"
        " JOIN submissions AS s ON s.organization_id = $1 AND s.leadgen_id = f.leadgen_id"
        " JOIN leads AS l ON l.organization_id = $1 AND l.id = s.lead_id"
        " AND l.received_at = s.received_at"
        " WHERE f.organization_id = $1 AND f.page_id = $2 AND f.submitted_at >= $3"
        " AND f.brought_by = 'webhook' AND f.state = 'done'"
        " ORDER BY f.submitted_at DESC LIMIT 500",
        page_id, since);
}

// Clocks differ by a little: less than nothing is nothing.
double seconds_between(Instant from, Instant to)
{
    return std::max(0.0, double((to - from).count()) / 1e6);
}

std::optional<double> median(std::vector<double> values)
{
    if (values.empty()) return std::nullopt;
    const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

}  // namespace

Delays delays_of(const db::Reader& db, const std::string& page_id, Instant since)
{
    std::vector<double> to_us;
    std::vector<double> to_screen;
    for (const auto& [submitted, received, visible] : times_of(db, page_id, since)) {
        to_us.push_back(seconds_between(submitted, received));
        if (visible) to_screen.push_back(seconds_between(received, *visible));
    }
    const auto count = static_cast<std::int64_t>(to_us.size());
    return {count, median(std::move(to_us)), median(std::move(to_screen))};
}

}  // namespace leadcrm::meta
