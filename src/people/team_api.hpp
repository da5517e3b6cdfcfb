// Teams and what an owner lets an agent do, over HTTP.
#pragma once

#include "platform/http/routes.hpp"

namespace leadcrm::people {

void add_team_routes(http::Routes& api);

}  // namespace leadcrm::people
