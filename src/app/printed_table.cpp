#include "app/printed_table.hpp"

#include <algorithm>

namespace leadcrm::app {
namespace {

// Letters, not bytes: a name may hold others than ASCII.
std::size_t width_of(const std::string& text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(),
        [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

void append(std::string& line, const std::string& cell, std::size_t width, bool to_the_right)
{
    const std::string gap(width - std::min(width, width_of(cell)), ' ');
    line += to_the_right ? gap + cell : cell + gap;
    line += "  ";
}

void end_line(std::string& text)
{
    while (text.ends_with(' ')) text.pop_back();
    text += '\n';
}

}  // namespace

std::string cell_of(const json::value& value)
{
    if (value.is_null()) return "-";
    if (value.is_string()) {
        std::string text(value.as_string());
        // A row stays one line, whatever it tells of.
        std::ranges::replace_if(
            text, [](unsigned char c) { return c < ' ' || c == 0x7f; }, ' ');
        const auto at = parse_time(text);
        return at ? rfc3339(Instant::from_unix_seconds(at->unix_seconds())) : text;
    }
    if (value.is_double()) {
        char text[32];
        std::snprintf(text, sizeof text, "%.2f", value.as_double());
        return text;
    }
    return json::print(value);
}

std::string table_of(const std::vector<std::string>& names, const std::vector<json::array>& rows)
{
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < names.size(); ++i) {
        widths.push_back(width_of(names[i]));
        for (const auto& row : rows) widths[i] = std::max(widths[i], width_of(cell_of(row[i])));
    }
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) append(text, names[i], widths[i], false);
    end_line(text);
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < names.size(); ++i)
            append(text, cell_of(row[i]), widths[i], row[i].is_number());
        end_line(text);
    }
    return text;
}

}  // namespace leadcrm::app
