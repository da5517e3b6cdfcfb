// "leadcrm backup" and "leadcrm restore": what they are told, and what they say.
#pragma once

#include <string>
#include <vector>

namespace leadcrm::app {

int back_up(const std::string& program_version, const std::vector<std::string>& words);
int restore(const std::vector<std::string>& words);

}  // namespace leadcrm::app
