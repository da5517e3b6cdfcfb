// Every endpoint of the program: which folder brings which paths. `leadcrm openapi` prints them all
// with the right each asks for.
#pragma once

#include "accounts/sign_in.hpp"
#include "platform/http/routes.hpp"

namespace leadcrm::app {

class Program;

// What a new organization begins with.
void furnish(db::Tx& tx);

void add_routes(http::Routes& routes, Program& program);

}  // namespace leadcrm::app
