#pragma once

#include "platform/http/routes.hpp"

namespace leadcrm::meta {

void add_form_version_route(http::Routes& api);

}  // namespace leadcrm::meta
