// The stages over HTTP.
#pragma once

#include "platform/http/routes.hpp"

namespace leadcrm::pipeline {

void add_routes(http::Routes& api);

}  // namespace leadcrm::pipeline
