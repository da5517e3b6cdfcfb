#include "events/log.hpp"

#include "events/counter.hpp"

#include <algorithm>

namespace leadcrm::events {
namespace {

constexpr char insert_sql[] =
    "INSERT INTO events (organization_id, {columns}) VALUES ($1, {values})";
constexpr char counter[] = "event_seq";

// A program that asks with an API key asks as nobody.
std::optional<UserId> person(const std::optional<UserId>& actor)
{
    return actor == UserId() ? std::nullopt : actor;
}

}  // namespace

std::int64_t announce(db::Tx& tx, const Event& event)
{
    const auto seq = take_numbers(tx, counter);
    tx.store(insert_sql,
        LoggedEvent{
            seq, event.kind, event.lead_id, person(event.actor_id), Instant::now(), event.data});
    tx.signal(signal_channel, tx.organization_id().text());
    return seq;
}

void record(db::Tx& tx, std::vector<LoggedEvent>& events)
{
    if (events.empty()) return;
    auto seq = take_numbers(tx, counter, std::int64_t(events.size()));
    for (auto& event : events) {
        event.seq = seq++;
        tx.store(insert_sql, event);
    }
}

std::int64_t last_seq(const db::Reader& db) { return last_number(db, counter); }

std::vector<LoggedEvent> list_after(const db::Reader& db, std::int64_t seq, int most)
{
    return db.rows<LoggedEvent>(R"sql(
        SELECT {columns} FROM events WHERE organization_id = $1 AND seq > $2 ORDER BY seq LIMIT $3
    )sql",
        seq, most);
}

std::vector<LoggedEvent> list_about(const db::Reader& db, const LeadId& lead, int most)
{
    auto events = db.rows<LoggedEvent>(R"sql(
        SELECT {columns} FROM events WHERE organization_id = $1 AND lead_id = $2
        ORDER BY seq DESC LIMIT $3
    )sql",
        lead, most);
    std::reverse(events.begin(), events.end());
    return events;
}

}  // namespace leadcrm::events
