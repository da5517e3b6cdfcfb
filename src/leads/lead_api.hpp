// Leads over HTTP: list, count, read, change.
#pragma once

#include "events/stream.hpp"
#include "leads/lead_shown.hpp"
#include "platform/http/routes.hpp"

namespace leadcrm::leads {

// `shown` must outlive the routes.
void add_routes(http::Routes& api, Shown& shown);

// What the stream tells about leads: the very JSON that the API answers.
events::Describe describe_for_stream();

}  // namespace leadcrm::leads
