// `leadcrm serve`: from the settings to a running product, and back down in good order.
#pragma once

#include "app/config.hpp"

namespace leadcrm::app {

// Serves until SIGTERM or SIGINT; then finishes what is running. Returns the exit code.
int serve(const Config& config);

}  // namespace leadcrm::app
