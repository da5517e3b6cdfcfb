// Leads as CSV and as JSON lines.
#pragma once

#include "exports/lead_page.hpp"

namespace leadcrm::exports {

std::unique_ptr<LeadFile> make_csv_file(const std::filesystem::path& path, LeadFileFacts facts);
std::unique_ptr<LeadFile> make_json_lines_file(const std::filesystem::path& path);

}  // namespace leadcrm::exports
