// What the operator of a server does on its command line. None of it shows a lead.
#pragma once

#include <string>
#include <vector>

namespace leadcrm::app {

extern const char* const admin_help;

// Returns the exit code. Throws std::invalid_argument for words that make no command.
int run_admin_command(std::vector<std::string> words);

}  // namespace leadcrm::app
