#include "people/availability_api.hpp"

#include "people/availability.hpp"

namespace leadcrm::people {

void add_availability_routes(http::Routes& api)
{
    using http::Caller;
    using http::Nothing;
    using http::Right;
    api.write("PUT", "/api/v1/me/availability",
        [](db::PlatformTx& tx, const Caller& caller, const MyAvailability& ask) {
            set_availability(tx, caller, {caller.user_id, ask.is_paused});
            return Nothing();
        },
        {"Take no new leads for now, or go on", Right::read_leads,
            "Shown to whoever gives leads. Leads one has stay.", 204});
    api.write("PUT", "/api/v1/members/{id}/availability",
        [](db::PlatformTx& tx, const Caller& caller, const Availability& ask) {
            set_availability(tx, caller, ask);
            return Nothing();
        },
        {"Pause a person, or let them go on", Right::assign_leads,
            "One of /api/v1/assignees. A person who is paused is to be given no new leads; it is "
            "shown, not enforced.",
            204});
}

}  // namespace leadcrm::people
