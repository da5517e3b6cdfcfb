// "1,204 leads, 1,310 answered forms, … and 5,021 rows of other kinds": what a deletion removed, in
// words.
#pragma once

#include "letters/words.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace leadcrm::deletion {

std::string counted_rows(
    const letters::Words& say, const std::map<std::string, std::int64_t>& counts);

}  // namespace leadcrm::deletion
