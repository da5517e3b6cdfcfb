// Who is on shift, and who takes no new leads for now. It stops nobody from being given a lead by
// hand: it is shown wherever leads are given.
#pragma once

#include "platform/db/session.hpp"
#include "platform/http/right.hpp"

#include <boost/describe.hpp>

namespace leadcrm::people {

struct MyAvailability {
    bool is_paused = false;
};
BOOST_DESCRIBE_STRUCT(MyAvailability, (), (is_paused))

struct Availability {
    UserId id;
    bool is_paused = false;
};
BOOST_DESCRIBE_STRUCT(Availability, (), (id, is_paused))

// Of oneself or somebody whom one may give leads to, else Failure::not_found. Saying it twice keeps
// the time of the first.
void set_availability(db::PlatformTx& tx, const http::Caller& caller, const Availability& ask);

}  // namespace leadcrm::people
