// Leads as a workbook: a sheet of leads, going on in further ones where a sheet is full, and one
// that says what the file is.
#pragma once

#include "exports/lead_page.hpp"

namespace leadcrm::exports {

struct SheetLimits {
    std::int64_t rows = 1'048'575;  // a sheet has 2^20, and the first is the header
    // A part of the file beyond 4 GB would need what some programs cannot read.
    std::int64_t bytes = std::int64_t(2) << 30;
};

std::unique_ptr<LeadFile> make_xlsx_file(
    const std::filesystem::path& path, LeadFileFacts facts, const SheetLimits& limits = {});

}  // namespace leadcrm::exports
