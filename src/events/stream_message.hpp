// The words of a stream: events as they go over the wire, and the places clients go on from.
// Who hears them, and when: stream.cpp.
#pragma once

#include "events/change.hpp"
#include "events/stream.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::events {

// One event as server-sent text, with what decides who hears it.
struct Message {
    std::int64_t seq = 0;
    LeadId lead_id;
    std::optional<UserId> owner_id;
    std::optional<Instant> first_seen_at;
    std::string text;
    std::string hidden_text;  // for who may not see the contact
    // When it was given away: who had it (nobody: unassigned), and what they hear if they may not
    // see it any more.
    std::optional<std::optional<UserId>> left;
    std::string gone_text;
};

// The first words on every stream: the number from which it goes on.
std::string hello_text(std::int64_t seq);

inline constexpr char reset_text[] = "event: reset\ndata: {}\n\n";

std::string changed_text(Topic topic);

// In the order of the events; none about leads that are gone. Each lead is described once.
std::vector<Message> messages_of(
    const db::Reader& db, const std::vector<LoggedEvent>& events, const Describe& describe);

// The place a client wants to go on from; nothing when it names none that we can have given.
std::optional<std::int64_t> read_place(const std::string& last_event_id, std::int64_t last);

}  // namespace leadcrm::events
