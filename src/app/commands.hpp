// The command line: which command was asked for, and the short ones. Serving: serve.hpp.
#pragma once

#include <string>
#include <vector>

namespace leadcrm::app {

// Runs one command; returns the exit code. Failures are printed to standard error in plain words.
int run_command(const std::vector<std::string>& words);

}  // namespace leadcrm::app
