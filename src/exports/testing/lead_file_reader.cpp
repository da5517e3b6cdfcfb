#include "exports/testing/lead_file_reader.hpp"

#include <boost/json/parse.hpp>

#include <archive.h>
#include <archive_entry.h>
#include <csv.h>
#include <doctest/doctest.h>
#include <utf8proc.h>

#include <algorithm>
#include <optional>

namespace leadcrm::exports {
namespace {

// The text between two words from `at` on, which moves behind it; nothing when there is none.
std::optional<std::string> between(
    const std::string& text, const std::string& from, const std::string& to, std::size_t& at)
{
    const auto begin = text.find(from, at);
    if (begin == std::string::npos) return std::nullopt;
    const auto end = text.find(to, begin + from.size());
    REQUIRE(end != std::string::npos);
    at = end + to.size();
    return text.substr(begin + from.size(), end - begin - from.size());
}

std::string attribute(const std::string& tag, const std::string& name)
{
    std::size_t at = 0;
    return between(tag, " " + name + "=\"", "\"", at).value_or("");
}

std::string plain_xml(const std::string& text)
{
    static const std::map<std::string, std::string> entities{
        {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}, {"&quot;", "\""}, {"&apos;", "'"}};
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        CHECK((c >= 0x20 || c == '\t' || c == '\n'));
        CHECK(c != '<');
        if (c != '&') {
            plain += text[i];
            continue;
        }
        const auto end = text.find(';', i);
        REQUIRE(end != std::string::npos);
        const auto entity = text.substr(i, end - i + 1);
        CAPTURE(entity);
        REQUIRE(entities.contains(entity));
        plain += entities.at(entity);
        i = end;
    }
    return plain;
}

std::string cell_text(const std::string& cell)
{
    const auto head = cell.substr(0, cell.find('>'));
    CHECK(cell.find("<f>") == std::string::npos);
    std::size_t at = 0;
    if (attribute(head, "t") != "inlineStr") return between(cell, "<v>", "</v>", at).value_or("");
    const auto begin = cell.find("<t");
    at = cell.find('>', begin);
    return plain_xml(cell.substr(at + 1, cell.find("</t>") - at - 1));
}

// "C12" -> 2
std::size_t column_of(const std::string& place)
{
    std::size_t column = 0;
    for (const char c : place)
        if (c >= 'A' && c <= 'Z') column = column * 26 + std::size_t(c - 'A') + 1;
    return column - 1;
}

void check_utf8(const std::string& text)
{
    const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    auto left = utf8proc_ssize_t(text.size());
    while (left > 0) {
        utf8proc_int32_t code = 0;
        const auto size = utf8proc_iterate(at, left, &code);
        REQUIRE(size > 0);
        at += size;
        left -= size;
    }
}

// RFC 6350, 3.2: lines end in CRLF and have at most 75 bytes; what begins with a space goes on.
std::vector<std::string> unfolded(const std::string& text)
{
    std::vector<std::string> lines;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const auto end = text.find("\r\n", begin);
        REQUIRE(end != std::string::npos);
        const auto line = text.substr(begin, end - begin);
        CAPTURE(line);
        CHECK(line.size() <= 75);
        CHECK(line.find_first_of("\r\n") == std::string::npos);
        check_utf8(line);
        if (line.starts_with(" ")) {
            REQUIRE_FALSE(lines.empty());
            lines.back() += line.substr(1);
        } else {
            lines.push_back(line);
        }
        begin = end + 2;
    }
    return lines;
}

std::string plain_value(const std::string& value)
{
    std::string plain;
    for (std::size_t i = 0; i < value.size(); ++i) {
        CHECK(static_cast<unsigned char>(value[i]) >= 0x20);
        if (value[i] != '\\') {
            plain += value[i];
            continue;
        }
        REQUIRE(++i < value.size());
        CHECK(std::string("\\,;n").find(value[i]) != std::string::npos);
        plain += value[i] == 'n' ? '\n' : value[i];
    }
    return plain;
}

struct CsvRead {
    Rows rows{{}};
};

Rows rows_of_csv(const std::string& text)
{
    csv_parser parser;
    REQUIRE(csv_init(&parser, CSV_STRICT) == 0);
    CsvRead read;
    const auto on_cell = [](void* cell, std::size_t size, void* to) {
        static_cast<CsvRead*>(to)->rows.back().emplace_back(static_cast<char*>(cell), size);
    };
    const auto on_row = [](int, void* to) { static_cast<CsvRead*>(to)->rows.emplace_back(); };
    CHECK(csv_parse(&parser, text.data(), text.size(), on_cell, on_row, &read) == text.size());
    csv_fini(&parser, on_cell, on_row, &read);
    csv_free(&parser);
    read.rows.pop_back();
    return read.rows;
}

LeadFileRead read_table(const Rows& rows, std::size_t name)
{
    LeadFileRead read{.rows = std::int64_t(rows.size()) - 1};
    for (std::size_t row = 0; row < rows.size(); ++row) {
        CHECK(rows[row].size() <= rows[0].size());
        for (const auto& cell : rows[row]) read.text += cell + "\n";
        REQUIRE(rows[row].size() > name);
        if (row > 0) read.names.push_back(rows[row][name]);
    }
    return read;
}

LeadFileRead read_workbook(const std::string& bytes)
{
    const auto parts = unzip(bytes);
    auto read = read_table(rows_of_sheet(parts, 1), 1);
    const auto about = rows_of_sheet(parts, 2);
    for (const auto& row : about)
        for (const auto& cell : row) read.text += cell + "\n";
    const auto told = std::ranges::find_if(about, [](const auto& row) { return row[0] == "Rows"; });
    REQUIRE(told != about.end());
    CHECK(told->at(1) == std::to_string(read.rows));
    return read;
}

LeadFileRead read_cards(const std::string& text)
{
    LeadFileRead read;
    for (const auto& card : cards_of(text)) {
        ++read.rows;
        for (const auto& [property, value] : card) read.text += property + " " + value + "\n";
        read.names.push_back(card.find("FN")->second);
    }
    return read;
}

LeadFileRead read_json_lines(const std::string& text)
{
    LeadFileRead read{.rows = lines_of(text), .text = text};
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = text.find('\n', begin);
        const auto lead = boost::json::parse(text.substr(begin, end - begin));
        read.names.emplace_back(lead.at("name").as_string());
        begin = end + 1;
    }
    return read;
}

}  // namespace

Parts unzip(const std::string& bytes)
{
    Parts parts;
    auto* zip = archive_read_new();
    archive_read_support_format_zip(zip);
    REQUIRE(archive_read_open_memory(zip, bytes.data(), bytes.size()) == ARCHIVE_OK);
    archive_entry* entry = nullptr;
    while (archive_read_next_header(zip, &entry) == ARCHIVE_OK) {
        auto& text = parts[archive_entry_pathname(entry)];
        char piece[4096];
        for (auto count = archive_read_data(zip, piece, sizeof piece); count > 0;
             count = archive_read_data(zip, piece, sizeof piece))
            text.append(piece, std::size_t(count));
    }
    archive_read_free(zip);
    return parts;
}

std::int64_t lines_of(const std::string& text)
{
    return std::count(text.begin(), text.end(), '\n');
}

Rows rows_of_sheet(const Parts& workbook, int sheet)
{
    const auto& xml = workbook.at("xl/worksheets/sheet" + std::to_string(sheet) + ".xml");
    check_utf8(xml);
    Rows rows;
    std::size_t at = 0;
    while (const auto row = between(xml, "<row ", "</row>", at)) {
        auto& cells = rows.emplace_back();
        std::size_t in_row = 0;
        while (const auto cell = between(*row, "<c ", "</c>", in_row)) {
            cells.resize(std::max(cells.size(), column_of(attribute(" " + *cell, "r")) + 1));
            cells.back() = cell_text(" " + *cell);
        }
    }
    return rows;
}

std::vector<Card> cards_of(const std::string& text)
{
    std::vector<Card> cards;
    const auto lines = unfolded(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        REQUIRE(lines[i] == "BEGIN:VCARD");
        REQUIRE(lines.at(++i) == "VERSION:4.0");
        auto& card = cards.emplace_back();
        for (++i; i < lines.size() && lines[i] != "END:VCARD"; ++i) {
            const auto colon = lines[i].find(':');
            REQUIRE(colon != std::string::npos);
            card.emplace(lines[i].substr(0, colon), plain_value(lines[i].substr(colon + 1)));
        }
        REQUIRE(i < lines.size());
        CHECK(card.count("FN") == 1);
        CHECK(card.count("UID") == 1);
        CHECK(card.count("N") == 1);
        CHECK(card.count("REV") == 1);
    }
    return cards;
}

LeadFileRead read_lead_file(ExportFormat format, const std::string& bytes)
{
    switch (format) {
    case ExportFormat::csv:
        return read_table(rows_of_csv(bytes), 1);
    case ExportFormat::jsonl:
        return read_json_lines(bytes);
    case ExportFormat::xlsx:
        return read_workbook(bytes);
    case ExportFormat::vcf:
        return read_cards(bytes);
    case ExportFormat::zip:
        break;
    }
    FAIL("leads do not come as this");
    return {};
}

}  // namespace leadcrm::exports
