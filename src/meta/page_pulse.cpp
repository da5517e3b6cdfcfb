#include "meta/page_pulse.hpp"

#include <algorithm>
#include <chrono>
#include <tuple>

namespace leadcrm::meta {
namespace {

using namespace std::chrono_literals;

constexpr auto history = rhythm_weeks * 7 * 24h;
constexpr int hours_shown = 24;
// So many leads in a row without a word from the webhook are no accident.
constexpr std::int64_t repaired_in_silence_min = 3;
constexpr auto silence_looked_at = 3 * 24h;

struct Counts {
    HourCounts hours;
    std::optional<Instant> latest;

    void add(std::int64_t hour, std::int64_t leads, Instant at)
    {
        hours[hour] += leads;
        latest = std::max(latest.value_or(at), at);
    }
    Pulse pulse(Instant now) const
    {
        return {rhythm_of(hours, latest, now), last_hours(hours, hours_shown, now), latest};
    }
};

// Its silence while leads come all the same, by the reconciler alone.
bool is_webhook_silent(const db::Reader& db, const std::string& page_id, Instant now)
{
    const auto since = now - silence_looked_at;
    const auto told = db.one<std::optional<Instant>>(
        "SELECT MAX(submitted_at) FROM lead_fetches WHERE organization_id = $1 AND page_id = $2"
        " AND submitted_at >= $3 AND brought_by = 'webhook'",
        page_id, since);
    const auto repaired = db.one<std::int64_t>(
        "SELECT COUNT(*) FROM lead_fetches WHERE organization_id = $1 AND page_id = $2"
        " AND submitted_at > $3 AND brought_by = 'reconciler' AND repaired_at IS NOT NULL",
        page_id, told.value_or(since));
    return repaired >= repaired_in_silence_min;
}

PageMode mode_of(const db::Reader& db, const Page& page, Instant now)
{
    if (page.problem_code) return PageMode::file;
    return is_webhook_silent(db, page.page_id, now) ? PageMode::polling : PageMode::webhook;
}

}  // namespace

PagePulse pulse_of(const db::Reader& db, const Page& page, Instant now)
{
    Counts all;
    std::map<std::string, Counts> forms;
    using Row = std::tuple<std::optional<std::string>, std::int64_t, std::int64_t, Instant>;
    for (const auto& [form_id, hour, leads, latest] :
        db.rows<Row>("SELECT form_id, submitted_at / 3600000000, COUNT(*), MAX(submitted_at)"
                     " FROM lead_fetches WHERE organization_id = $1 AND page_id = $2"
                     " AND submitted_at >= $3 GROUP BY form_id, submitted_at / 3600000000",
            page.page_id, now - history)) {
        all.add(hour, leads, latest);
        if (form_id) forms[*form_id].add(hour, leads, latest);
    }
    PagePulse pulse{.page = all.pulse(now), .forms = {}, .mode = mode_of(db, page, now)};
    for (const auto& [form_id, counts] : forms) pulse.forms[form_id] = counts.pulse(now);
    return pulse;
}

}  // namespace leadcrm::meta
