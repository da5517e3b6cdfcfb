// Who may see a lead and hear of it, and who its contact: one rule each, asked by lists, counts,
// records, changes, search and the stream. It depends on nothing but the caller's sight and the
// lead's owner, so that it stays an indexed condition. Where sight comes from:
// accounts/membership_caller.hpp.
#pragma once

#include "platform/db/sql.hpp"
#include "platform/http/right.hpp"

#include <optional>
#include <vector>

namespace leadcrm::events {

// The owners whose leads the caller may see, nobody among them for unassigned leads. Nothing: all.
std::optional<std::vector<std::optional<UserId>>> owners_in_sight(const http::Caller& caller);

bool may_see(const http::Caller& caller, const std::optional<UserId>& owner);

// Adds the same rule as a condition on a lead's `owner_id`. A deleted lead is in nobody's sight.
void add_sight(db::Sql& sql, const http::Caller& caller);
// The other way round: only deleted leads, of the owners in sight.
void add_sight_of_deleted(db::Sql& sql, const http::Caller& caller);

// Whether the caller may see how to reach the person: not before somebody took the lead, for agents
// whom an owner shows no contacts of leads that nobody has. It depends on the owner alone, as sight
// does. What is told instead: leads/hidden_contact.hpp.
bool may_see_contact(const http::Caller& caller, const std::optional<UserId>& owner);

}  // namespace leadcrm::events
