// Whether a workbook on the disk is whole. libxlsxwriter does not notice when the disk is full
// while it puts a sheet together: it closes a file that opens everywhere and lacks the last rows.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace leadcrm::exports {

// The rows of each sheet, by the name of its part: "xl/worksheets/sheet1.xml". Throws
// Failure::unavailable when a part cannot be read, or ends before its end.
std::map<std::string, std::int64_t> rows_in_workbook(const std::filesystem::path& path);

}  // namespace leadcrm::exports
