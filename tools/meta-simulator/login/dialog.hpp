// The login dialog: GET opens it, POST is what its buttons send.
#pragma once

#include "meta-simulator/state.hpp"
#include "platform/http/message.hpp"

#include <string_view>

namespace leadcrm::simulator {

bool is_dialog(std::string_view path);  // "/v26.0/dialog/oauth", with or without the version
http::Response answer_dialog(State& state, const http::Request& request);

}  // namespace leadcrm::simulator
