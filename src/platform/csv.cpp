#include "platform/csv.hpp"

namespace leadcrm::csv {

std::string cell(std::string_view text)
{
    const bool is_formula =
        !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
    std::string safe = (is_formula ? "'" : "") + std::string(text);
    if (safe.find_first_of(",\"\r\n") == std::string::npos) return safe;
    std::string quoted = "\"";
    for (const char c : safe) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

void append_row(std::string& csv, std::initializer_list<std::string_view> cells)
{
    std::string_view between;
    for (const auto each : cells) {
        csv += between;
        csv += cell(each);
        between = ",";
    }
    csv += "\r\n";
}

}  // namespace leadcrm::csv
