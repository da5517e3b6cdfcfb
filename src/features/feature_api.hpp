// Features over HTTP: turned off and on by the operator, and what is off told to the organization.
#pragma once

#include "features/feature_switches.hpp"
#include "platform/http/routes.hpp"

namespace leadcrm::features {

void add_routes(http::Routes& api, const Switches& switches);

}  // namespace leadcrm::features
