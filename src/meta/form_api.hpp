// The forms of an organization over HTTP: what is asked in them, how leads come, on and off.
#pragma once

#include "platform/http/routes.hpp"

namespace leadcrm::meta {

void add_form_routes(http::Routes& api);

}  // namespace leadcrm::meta
