// A row of whatever table as a line of a backup: a JSON array of its cells, in the order of the
// columns. Nothing is lost: bytes are base64url, an id is its usual text, and JSON stays the text
// that it is, inside a string.
#pragma once

#include "platform/db/tables.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::backups {

void append_row(std::string& text, std::span<const db::Column> columns, const db::Row& row);

// Throws Failure::malformed for a line that is no row of these columns.
std::vector<db::Value> read_row(std::string_view line, std::span<const db::Column> columns);

}  // namespace leadcrm::backups
