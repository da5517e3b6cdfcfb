// /_control: how people and tests steer the simulator. The reference is README.md; the table is in
// control_api.cpp.
#pragma once

#include "platform/http/message.hpp"

namespace leadcrm::simulator {

class Simulator;

// Throws Failure, which the server turns into a problem a person can read.
void answer_control(
    Simulator& simulator, const http::Request& request, const http::Respond& respond);

}  // namespace leadcrm::simulator
