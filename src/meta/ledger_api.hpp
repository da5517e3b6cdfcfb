// The proof that nothing is missing, and the reading of everything once more, over HTTP.
#pragma once

#include "platform/http/routes.hpp"

namespace leadcrm::meta {

void add_ledger_routes(http::Routes& api);

}  // namespace leadcrm::meta
