#include "meta/leads_file.hpp"

#include "platform/failure.hpp"
#include "platform/http/message.hpp"
#include "platform/time/instant.hpp"

#include <csv.h>

#include <algorithm>
#include <array>

namespace leadcrm::meta {
namespace {

using Cells = std::vector<std::string>;

struct Line {
    std::int64_t number = 1;
    Cells cells;
};

// ---- bytes to text -----------------------------------------------------------------------------

void append_utf8(std::string& text, std::uint32_t point)
{
    if (point < 0x80) {
        text += char(point);
    } else if (point < 0x800) {
        text += char(0xC0 | point >> 6);
        text += char(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        text += char(0xE0 | point >> 12);
        text += char(0x80 | (point >> 6 & 0x3F));
        text += char(0x80 | (point & 0x3F));
    } else {
        text += char(0xF0 | point >> 18);
        text += char(0x80 | (point >> 12 & 0x3F));
        text += char(0x80 | (point >> 6 & 0x3F));
        text += char(0x80 | (point & 0x3F));
    }
}

std::optional<std::string> from_utf16(std::string_view bytes, bool is_big_endian)
{
    if (bytes.size() % 2 != 0) return std::nullopt;
    const auto unit = [&](std::size_t at) {
        const auto first = std::uint32_t(std::uint8_t(bytes[at]));
        const auto second = std::uint32_t(std::uint8_t(bytes[at + 1]));
        return is_big_endian ? first << 8 | second : second << 8 | first;
    };
    std::string text;
    text.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size(); at += 2) {
        auto point = unit(at);
        if (point >= 0xDC00 && point < 0xE000) return std::nullopt;
        if (point >= 0xD800 && point < 0xDC00) {
            at += 2;
            const auto low = at < bytes.size() ? unit(at) : 0;
            if (low < 0xDC00 || low >= 0xE000) return std::nullopt;
            point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
        }
        append_utf8(text, point);
    }
    return text;
}

// ---- text to lines -----------------------------------------------------------------------------

// What stands most often in the header.
char separator_of(std::string_view text)
{
    const auto header = text.substr(0, text.find_first_of("\r\n"));
    char best = ',';
    std::ptrdiff_t most = 0;
    for (const char candidate : {',', ';', '\t'}) {
        const auto count = std::count(header.begin(), header.end(), candidate);
        if (count > most) best = candidate;
        most = std::max(most, count);
    }
    return best;
}

struct Reading {
    std::vector<Line> lines;
    Line now;
    std::int64_t newlines = 0;  // inside the cells of this line
    bool was_return = false;  // the line before ended with \r, whose \n ends nothing
};

void take_cell(void* bytes, std::size_t size, void* context)
{
    auto& reading = *static_cast<Reading*>(context);
    const auto& cell = reading.now.cells.emplace_back(static_cast<const char*>(bytes), size);
    reading.newlines += std::count(cell.begin(), cell.end(), '\n');
    reading.was_return = false;
}

void end_line(int by, void* context)
{
    auto& reading = *static_cast<Reading*>(context);
    const bool is_rest_of_end = by == '\n' && reading.was_return && reading.now.cells.empty();
    reading.was_return = by == '\r';
    if (is_rest_of_end) return;
    const auto next = reading.now.number + 1 + reading.newlines;
    if (!reading.now.cells.empty()) reading.lines.push_back(std::move(reading.now));
    reading.now = {next, {}};
    reading.newlines = 0;
}

std::vector<Line> lines_of(std::string_view text)
{
    csv_parser parser;
    if (csv_init(&parser, CSV_REPALL_NL) != 0) throw Failure::internal("libcsv does not start");
    csv_set_delim(&parser, static_cast<unsigned char>(separator_of(text)));
    Reading reading;
    const auto read = csv_parse(&parser, text.data(), text.size(), take_cell, end_line, &reading);
    csv_fini(&parser, take_cell, end_line, &reading);
    csv_free(&parser);
    if (read != text.size()) throw Failure::internal("libcsv stopped in the middle");
    return std::move(reading.lines);
}

// ---- lines to leads ----------------------------------------------------------------------------

constexpr std::size_t absent = std::size_t(-1);

// Meta's columns before the questions, and what Meta puts behind them.
constexpr auto id_columns =
    std::to_array<std::string_view>({"id", "ad_id", "adset_id", "campaign_id", "form_id"});
constexpr auto text_columns = std::to_array<std::string_view>({"created_time", "ad_name",
    "adset_name", "campaign_name", "form_name", "platform", "is_organic"});
constexpr auto foreign_columns = std::to_array<std::string_view>(
    {"lead_status", "inbox_url", "is_qualified", "is_quality", "is_converted", "retailer_item_id"});

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string trimmed(const std::string& text)
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool is_number(std::string_view text)
{
    return !text.empty() && text.size() <= 32
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Spreadsheets would round ids and read phone numbers as sums, so Meta writes l:123 and p:+34….
std::string without_prefix(const std::string& text)
{
    const auto colon = text.find(':');
    if (colon == std::string::npos || colon == 0 || colon > 2) return text;
    if (!std::all_of(text.begin(), text.begin() + std::ptrdiff_t(colon),
            [](char c) { return c >= 'a' && c <= 'z'; }))
        return text;
    auto rest = text.substr(colon + 1);
    const auto is_figure = [](char c) { return (c >= '0' && c <= '9') || c == ' ' || c == '-'; };
    const auto digits = rest.starts_with('+') ? std::string_view(rest).substr(1) : rest;
    if (digits.empty() || !std::all_of(digits.begin(), digits.end(), is_figure)) return text;
    return rest;
}

class Columns {
public:
    explicit Columns(const Cells& header)
    {
        for (const auto& cell : header) {
            auto name = trimmed(cell);
            auto plain = name;
            std::transform(plain.begin(), plain.end(), plain.begin(),
                [](unsigned char c) { return char(c < 0x80 ? std::tolower(c) : c); });
            const bool is_metas = is_one_of(id_columns, plain) || is_one_of(text_columns, plain)
                || is_one_of(foreign_columns, plain);
            names_.push_back(is_metas ? std::move(plain) : std::move(name));
        }
    }

    std::size_t count() const { return names_.size(); }
    bool has(std::string_view name) const { return place(name) != absent; }
    std::string text(const Cells& cells, std::string_view name) const
    {
        const auto at = place(name);
        return at < cells.size() ? trimmed(cells[at]) : std::string();
    }
    json::array answers(const Cells& cells) const
    {
        json::array answers;
        for (std::size_t i = 0; i < std::min(cells.size(), names_.size()); ++i) {
            const auto& name = names_[i];
            if (name.empty() || is_one_of(id_columns, name) || is_one_of(text_columns, name)
                || is_one_of(foreign_columns, name))
                continue;
            json::array values;
            if (!cells[i].empty()) values.emplace_back(without_prefix(cells[i]));
            answers.push_back(json::object{{"name", name}, {"values", std::move(values)}});
        }
        return answers;
    }

private:
    std::size_t place(std::string_view name) const
    {
        const auto found = std::find(names_.begin(), names_.end(), name);
        return found == names_.end() ? absent : std::size_t(found - names_.begin());
    }

    std::vector<std::string> names_;
};

// Throws what is wrong with the line, in words.
LeadRow row_of(const Columns& columns, const Line& line)
{
    const auto fail = [](const char* why) { throw BadField("row", why); };
    if (line.cells.size() > columns.count())
        fail("This row has more cells than the header has names.");
    LeadRow row{.line = line.number};
    json::object lead;
    for (const auto name : id_columns) {
        const auto text = without_prefix(columns.text(line.cells, name));
        if (is_number(text)) lead[name] = text;
    }
    for (const auto name : text_columns)
        if (const auto text = columns.text(line.cells, name); !text.empty()) lead[name] = text;
    const auto* id = lead.if_contains("id");
    if (!id) fail("The id in this row is no lead id, such as l:900000000000001.");
    const auto* created = lead.if_contains("created_time");
    if (!created || !parse_time(created->as_string()))
        fail("The created_time in this row is no time, such as 2026-11-20T08:15:00+00:00.");
    row.leadgen_id = std::string(id->as_string());
    if (const auto* form = lead.if_contains("form_id"))
        row.form_id = std::string(form->as_string());
    if (const auto* name = lead.if_contains("form_name"))
        row.form_name = std::string(name->as_string());
    if (auto* organic = lead.if_contains("is_organic"))
        *organic = organic->as_string() == "true" || organic->as_string() == "TRUE";
    lead["field_data"] = columns.answers(line.cells);
    row.lead = std::move(lead);
    return row;
}

}  // namespace

std::optional<std::string> as_utf8(std::string_view bytes)
{
    if (bytes.starts_with("\xFF\xFE")) return from_utf16(bytes.substr(2), false);
    if (bytes.starts_with("\xFE\xFF")) return from_utf16(bytes.substr(2), true);
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    // A header is plain Latin: every other byte of it is zero in UTF-16.
    if (bytes.size() > 1 && bytes[1] == '\0') return from_utf16(bytes, false);
    if (bytes.size() > 1 && bytes[0] == '\0') return from_utf16(bytes, true);
    if (!http::is_utf8(bytes)) return std::nullopt;
    return std::string(bytes);
}

LeadsFile read_leads_file(std::string_view bytes)
{
    const auto refuse = [](const char* code, const char* why) {
        throw Failure::invalid("file", code, why);
    };
    const auto text = as_utf8(bytes);
    if (!text) refuse("not_text", "This file is neither UTF-8 nor UTF-16 text.");
    const auto lines = lines_of(*text);
    if (lines.empty()) refuse("empty", "This file is empty.");
    const Columns columns(lines.front().cells);
    if (!columns.has("id") || !columns.has("created_time"))
        refuse("not_a_download",
            "This is no download of leads from Meta: the columns id and created_time are missing.");

    LeadsFile file;
    for (auto line = lines.begin() + 1; line != lines.end(); ++line) {
        const bool is_blank = std::all_of(line->cells.begin(), line->cells.end(),
            [](const std::string& cell) { return trimmed(cell).empty(); });
        if (is_blank) continue;
        try {
            file.rows.push_back(row_of(columns, *line));
        } catch (const BadField& wrong) {
            file.rejected.push_back({line->number, wrong.what()});
        }
    }
    return file;
}

}  // namespace leadcrm::meta
