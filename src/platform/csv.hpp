// Files for spreadsheets: comma-separated, RFC 4180. A cell that a spreadsheet would take for a
// formula gets an apostrophe in front; a phone number that begins with a + is none.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace leadcrm::csv {

void append_cell(std::string& csv, std::string_view text);
std::string cell(std::string_view text);
void append_row(std::string& csv, std::initializer_list<std::string_view> cells);

}  // namespace leadcrm::csv
