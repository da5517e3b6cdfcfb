// The event log of an organization: what happened, numbered without gaps, written in the same
// transaction as the change itself. The timeline of a lead reads it, and stream.hpp tells it.
#pragma once

#include "platform/db/session.hpp"
#include "platform/json/json.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::events {

using LeadId = Id<"lead">;

struct Event {
    std::string kind;  // lead.created, lead.came_back, lead.stage_changed, …: leads/lead.hpp
    LeadId lead_id;
    std::optional<UserId> actor_id;  // nobody: the system
    json::Raw data{"{}"};
};

// The last event about a lead: it was erased, with all events before. And the last until it is
// restored: it was deleted. The data of both says who worked it.
inline constexpr char lead_erased[] = "lead.erased";
inline constexpr char lead_deleted[] = "lead.deleted";
struct LeadGone {
    std::optional<UserId> owner_id;
};
BOOST_DESCRIBE_STRUCT(LeadGone, (), (owner_id))

// An event as it stands in the log.
struct LoggedEvent {
    std::int64_t seq = 0;
    std::string kind;
    LeadId lead_id;
    std::optional<UserId> actor_id;
    Instant at;
    json::Raw data;
};
BOOST_DESCRIBE_STRUCT(LoggedEvent, (), (seq, kind, lead_id, actor_id, at, data))

// Appends with the organization's next number and signals the streams after the commit. Events get
// their number in commit order, so a reader can go on from a number.
std::int64_t announce(db::Tx& tx, const Event& event);

// Appends what happened earlier, in the order given (`seq` is filled in). Screens do not hear of
// it.
void record(db::Tx& tx, std::vector<LoggedEvent>& events);

std::int64_t last_seq(const db::Reader& db);

// At most `most` events after a number, in order.
std::vector<LoggedEvent> list_after(const db::Reader& db, std::int64_t seq, int most);

// The newest `most` events about a lead, oldest first.
std::vector<LoggedEvent> list_about(const db::Reader& db, const LeadId& lead, int most);

// The channel announce() signals on; the payload is the organization's id.
inline constexpr char signal_channel[] = "events";

}  // namespace leadcrm::events
