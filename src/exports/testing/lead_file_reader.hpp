// Reads what an export wrote, each format by a reader of its own that shares nothing with its
// writer, and strictly: what a format does not allow is a failed check.
#pragma once

#include "exports/export.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace leadcrm::exports {

using Parts = std::map<std::string, std::string>;
Parts unzip(const std::string& bytes);

std::int64_t lines_of(const std::string& text);

using Rows = std::vector<std::vector<std::string>>;

// A sheet's cells as text; a number, which a time is too, as it is written. Formulas are refused.
Rows rows_of_sheet(const Parts& workbook, int sheet);

// One card: property to value, unescaped; parameters are part of the property's name.
using Card = std::multimap<std::string, std::string>;
std::vector<Card> cards_of(const std::string& text);

struct LeadFileRead {
    std::int64_t rows = 0;  // leads
    std::string text;  // all that stands in it
    std::vector<std::string> names;  // of the leads
};
LeadFileRead read_lead_file(ExportFormat format, const std::string& bytes);

}  // namespace leadcrm::exports
