// The control page: three static files inside the binary (control_page.S).
#pragma once

#include "platform/http/message.hpp"

#include <optional>
#include <string_view>

namespace leadcrm::simulator {

// "" is the page itself; "control.js" and "control.css" are what it loads.
std::optional<http::Response> control_page(std::string_view name);

}  // namespace leadcrm::simulator
