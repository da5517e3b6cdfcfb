// The event log of an organization: what happened, numbered without gaps, written in the same
// transaction as the change itself. The timeline of a lead reads it, and stream.hpp tells it.
#pragma once

#include "platform/db/session.hpp"
#include "platform/json/json.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>

namespace leadcrm::events {

using LeadId = Id<"lead">;

struct Event {
    std::string kind;  // lead.created, lead.came_back, lead.stage_changed, lead.contact_changed
    LeadId lead_id;
    std::optional<UserId> actor_id;  // nobody: the system
    json::Raw data {"{}"};
};

// Appends with the organization's next number and signals the streams after the commit. Events get
// their number in commit order, so a reader can go on from a number.
std::int64_t announce(db::Tx& tx, const Event& event);

}  // namespace leadcrm::events
