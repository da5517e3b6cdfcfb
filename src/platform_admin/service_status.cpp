#include "platform_admin/service_status.hpp"

#include "platform/log/log.hpp"

#include <algorithm>

namespace leadcrm::platform_admin {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t hour_us = 3'600'000'000;
constexpr auto lead_slow = 60s;
constexpr auto lead_stuck = 15min;
constexpr auto work_slow = 10min;
constexpr auto work_stuck = 2h;
constexpr auto letter_stuck = 1h;
constexpr auto answer_slow = 1s;
// Fewer calls say nothing: one of two that failed is no outage.
constexpr std::int64_t meta_calls_min = 20;

struct KindLine {
    std::string kind;
    std::optional<Instant> due;  // the oldest that waits
    std::optional<Instant> tried;  // the oldest that waits and has been tried
    std::optional<Instant> died;  // the newest
};
BOOST_DESCRIBE_STRUCT(KindLine, (), (kind, due, tried, died))

constexpr auto kinds_sql = R"sql(
    SELECT kind, min(CASE WHEN state = 'waiting' THEN run_at END) AS due,
        min(CASE WHEN state = 'waiting' AND failures > 0 THEN created_at END) AS tried,
        max(CASE WHEN state = 'dead' THEN run_at END) AS died
    FROM jobs GROUP BY kind
)sql";

std::chrono::seconds since(const std::optional<Instant>& at, Instant now)
{
    if (!at || *at > now) return 0s;
    return std::chrono::duration_cast<std::chrono::seconds>(now - *at);
}

void add_work(ServiceFigures& figures, const KindLine& line, Instant now)
{
    const bool has_died = line.died && now - *line.died < 1h;
    if (line.kind.ends_with("_letter")) {
        // One that failed is due again later and later, so it counts from when it was written.
        figures.letter_waits =
            std::max({figures.letter_waits, since(line.due, now), since(line.tried, now)});
        figures.letter_died = figures.letter_died || has_died;
    } else if (line.kind == "meta.fetch_leads") {
        figures.lead_waits = std::max(figures.lead_waits, since(line.due, now));
        figures.lead_work_died = figures.lead_work_died || has_died;
    } else {
        figures.work_waits = std::max(figures.work_waits, since(line.due, now));
        figures.work_died = figures.work_died || has_died;
    }
}

ServiceState judged(std::chrono::seconds waits, std::chrono::seconds slow,
    std::chrono::seconds stuck, bool has_died)
{
    if (waits > stuck) return ServiceState::not_working;
    return waits > slow || has_died ? ServiceState::slow : ServiceState::working;
}

ServiceState state_of_meta(const ServiceFigures& figures)
{
    if (figures.meta_calls < meta_calls_min) return ServiceState::working;
    if (figures.meta_errors * 2 >= figures.meta_calls) return ServiceState::not_working;
    return figures.meta_errors * 10 >= figures.meta_calls ? ServiceState::slow
                                                          : ServiceState::working;
}

}  // namespace

ServiceFigures read_figures(const db::PlatformReader& db, Instant now)
{
    ServiceFigures figures;
    for (const auto& line : db.rows<KindLine>(kinds_sql)) add_work(figures, line, now);
    const auto unsorted = db.one<std::optional<Instant>>(
        "SELECT min(received_at) FROM webhook_deliveries WHERE state = 'new'");
    figures.lead_waits = std::max(figures.lead_waits, since(unsorted, now));
    const Instant hour{now.us - now.us % hour_us - hour_us};
    for (const auto& [outcome, calls] : db.rows<std::tuple<std::string, std::int64_t>>(
             "SELECT outcome, sum(calls) FROM graph_hours WHERE hour >= $1 GROUP BY outcome",
             hour)) {
        figures.meta_calls += calls;
        if (outcome == "retry" || outcome == "wait") figures.meta_errors += calls;
    }
    return figures;
}

ServiceState state_of(ServicePart part, const ServiceFigures& figures)
{
    switch (part) {
    case ServicePart::leads:
        return judged(figures.lead_waits, lead_slow, lead_stuck, figures.lead_work_died);
    case ServicePart::app:
        return judged(figures.work_waits, work_slow, work_stuck,
            figures.work_died || figures.answered_in > answer_slow);
    case ServicePart::mail:
        return judged(figures.letter_waits, work_slow, letter_stuck, figures.letter_died);
    case ServicePart::meta:
        break;
    }
    return state_of_meta(figures);
}

ServiceStatus StatusWatch::look(Instant at) const
{
    ServiceStatus status{.looked_at = at};
    const auto begun = std::chrono::steady_clock::now();
    std::optional<ServiceFigures> figures;
    try {
        figures =
            database_.read_platform([&](db::PlatformReader& db) { return read_figures(db, at); });
        figures->answered_in = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now() - begun);
    } catch (const std::exception& error) {
        log::warn("the service's status could not be read", {{"why", error.what()}});
    }
    for (const auto part :
        {ServicePart::leads, ServicePart::app, ServicePart::mail, ServicePart::meta}) {
        if (part == ServicePart::mail && !sends_mail_) continue;
        // Without the database it is not known how Meta and the mail server are.
        const bool is_ours = part == ServicePart::leads || part == ServicePart::app;
        if (figures)
            status.parts.push_back({part, state_of(part, *figures)});
        else if (is_ours)
            status.parts.push_back({part, ServiceState::not_working});
    }
    return status;
}

ServiceStatus StatusWatch::now(Instant at)
{
    const std::lock_guard lock(mutex_);
    if (!last_ || at - last_->looked_at >= kept) last_ = look(at);
    return *last_;
}

}  // namespace leadcrm::platform_admin
