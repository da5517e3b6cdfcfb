// "1204 leads, 1310 submissions and 5021 rows of other kinds": what a deletion removed, in words.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace leadcrm::deletion {

std::string counted_rows(const std::map<std::string, std::int64_t>& counts);

}  // namespace leadcrm::deletion
