#include "people/availability.hpp"

#include "events/change.hpp"
#include "leads/assignment.hpp"

#include <algorithm>

namespace leadcrm::people {

void set_availability(db::PlatformTx& tx, const http::Caller& caller, const Availability& ask)
{
    auto inside = tx.in_organization(caller.organization_id);
    const auto assignees = leads::list_assignees(inside, caller);
    const auto found = std::ranges::find(assignees, ask.id, &leads::Assignee::id);
    if (found == assignees.end())
        throw Failure::not_found("This person is no member of a team of yours any more.");
    if (found->paused_at.has_value() == ask.is_paused) return;
    tx.run("UPDATE memberships SET paused_at = $3 WHERE organization_id = $1 AND user_id = $2",
        caller.organization_id, ask.id,
        ask.is_paused ? std::optional(Instant::now()) : std::nullopt);
    events::tell_change(inside, events::Topic::people);
}

}  // namespace leadcrm::people
