// An organization's name, country and time zone over HTTP. What they are for:
// organization_facts.hpp.
#pragma once

#include "platform/http/routes.hpp"

namespace leadcrm::accounts {

void add_organization_routes(http::Routes& api);

}  // namespace leadcrm::accounts
