#include "platform/csv.hpp"

#include <algorithm>
#include <array>

namespace leadcrm::csv {
namespace {

// A table: searching for several characters asks the C library once for each byte.
constexpr auto quoted = [] {
    std::array<bool, 256> found{};
    for (const unsigned char c : {',', '"', '\r', '\n'}) found[c] = true;
    return found;
}();

bool needs_quotes(std::string_view text)
{
    return std::ranges::any_of(text, [](unsigned char c) { return quoted[c]; });
}

// What a spreadsheet computes instead of showing it.
bool is_formula(std::string_view text)
{
    if (text.empty()) return false;
    if (text.front() == '+')
        return text.find_first_not_of("0123456789 ()-/", 1) != std::string_view::npos;
    return std::string_view("=-@\t\r\n|%").find(text.front()) != std::string_view::npos;
}

}  // namespace

void append_cell(std::string& csv, std::string_view text)
{
    const bool is_dangerous = is_formula(text);
    if (!is_dangerous && !needs_quotes(text)) {
        csv += text;
        return;
    }
    csv += is_dangerous ? "\"'" : "\"";
    for (const char c : text) {
        if (c == '"') csv += '"';
        csv += c;
    }
    csv += '"';
}

std::string cell(std::string_view text)
{
    std::string csv;
    append_cell(csv, text);
    return csv;
}

void append_row(std::string& csv, std::initializer_list<std::string_view> cells)
{
    std::string_view between;
    for (const auto each : cells) {
        csv += between;
        append_cell(csv, each);
        between = ",";
    }
    csv += "\r\n";
}

}  // namespace leadcrm::csv
