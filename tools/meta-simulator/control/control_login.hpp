// Sends Meta's callbacks about a person: POST /_control/callbacks.
#pragma once

#include "platform/json/json.hpp"

#include <functional>
#include <string>

namespace leadcrm::simulator {

class Simulator;

using CallbackDone = std::function<void(std::string json)>;

// The person removes the app, and Meta tells the CRM. Fetches the status page a data deletion is
// answered with. Throws Failure.
void send_callback(Simulator& simulator, const json::value& body, const CallbackDone& done);

}  // namespace leadcrm::simulator
