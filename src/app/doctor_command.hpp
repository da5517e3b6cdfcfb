// "leadcrm doctor": looks at settings, data, database and what is outside, and says of each how it
// is and what to do. Beside a running or a stopped server; it changes nothing.
#pragma once

#include "app/finding.hpp"

#include <string>
#include <vector>

namespace leadcrm::app {

// All that is looked at. Settings that cannot be read are the only finding then.
Findings examine_server(const std::vector<std::string>& settings, const Environment& environment);

// What is printed for people.
std::string text_of(const std::vector<Finding>& findings);

// Exit code 0 without a problem, else 1.
int doctor(const std::vector<std::string>& words);

}  // namespace leadcrm::app
