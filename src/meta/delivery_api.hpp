// What Meta delivered, for the people of the organizations it concerns: /api/v1/meta/deliveries.
#pragma once

#include "platform/http/routes.hpp"

namespace leadcrm::meta {

void add_delivery_routes(http::Routes& api);

}  // namespace leadcrm::meta
