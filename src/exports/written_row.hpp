// A row of whatever table as text: CSV for spreadsheets, JSON lines for programs. JSON says exactly
// what is stored. In CSV a text that a spreadsheet would take for a formula has a ' before it.
#pragma once

#include "platform/db/tables.hpp"

#include <span>
#include <string>

namespace leadcrm::exports {

void append_csv_header(std::string& text, std::span<const db::Column> columns);
void append_csv_row(std::string& text, std::span<const db::Column> columns, const db::Row& row);
void append_json_row(std::string& text, std::span<const db::Column> columns, const db::Row& row);

}  // namespace leadcrm::exports
