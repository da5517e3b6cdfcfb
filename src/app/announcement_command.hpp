// "leadcrm admin write-to-owners": what it is told, and what it says.
#pragma once

#include <string>
#include <vector>

namespace leadcrm::app {

int write_to_owners(const std::vector<std::string>& words);

}  // namespace leadcrm::app
