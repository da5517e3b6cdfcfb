// Every endpoint of the program: which paths there are, what each is for and what it asks of its
// caller. `leadcrm openapi` prints the same as OpenAPI.
#pragma once

#include "platform/http/routes.hpp"

namespace leadcrm::app {

struct Program;

http::Routes all_routes(Program& program);

}  // namespace leadcrm::app
