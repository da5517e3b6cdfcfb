#include "exports/sheet_text.hpp"

#include <utf8proc.h>

#include <algorithm>

namespace leadcrm::exports {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::string_view ellipsis = "…";

bool is_plain(char c) { return (c >= ' ' && c < 0x7F && c != '_') || c == '\t' || c == '\n'; }

bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// How workbooks write a character that XML cannot hold.
bool begins_escape(std::string_view text)
{
    return text.size() >= 7 && text.starts_with("_x") && text[6] == '_'
        && std::ranges::all_of(text.substr(2, 4), is_hex);
}

bool is_in_xml(utf8proc_int32_t code)
{
    return (code >= 0x20 || code == '\t' || code == '\n') && (code & 0xFFFE) != 0xFFFE;
}

}  // namespace

void set_sheet_text(std::string& cell, std::string_view text)
{
    if (text.size() <= cell_units_max && std::ranges::all_of(text, is_plain)) {
        cell = text;
        return;
    }
    cell.clear();
    std::size_t units = 0;
    while (!text.empty()) {
        utf8proc_int32_t code = 0;
        const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
            utf8proc_ssize_t(text.size()), &code);
        std::string_view written = text.substr(0, std::size_t(std::max<utf8proc_ssize_t>(size, 1)));
        const auto taken = written.size();
        if (size <= 0 || !is_in_xml(code))
            written = replacement;
        else if (begins_escape(text))
            written = "_x005F_";
        units += code > 0xFFFF ? 2 : written.size() > 4 ? written.size() : 1;
        if (units >= cell_units_max && taken < text.size()) {
            cell += ellipsis;
            return;
        }
        cell += written;
        text.remove_prefix(taken);
    }
}

}  // namespace leadcrm::exports
