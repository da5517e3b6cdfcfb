// Text as a cell of a workbook can hold it (ECMA-376, 18.4 and 22.9.2.19).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace leadcrm::exports {

constexpr std::size_t cell_units_max = 32'767;  // of UTF-16

// Into `cell`, in place of what was there. What XML cannot hold, and what is no UTF-8, becomes
// U+FFFD; "_x0041_" stays what it is instead of being read as "A"; what is too long ends in "…".
void set_sheet_text(std::string& cell, std::string_view text);

}  // namespace leadcrm::exports
