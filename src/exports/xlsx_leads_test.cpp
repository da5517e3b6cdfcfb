#include "exports/sheet_text.hpp"
#include "exports/testing/lead_file_reader.hpp"
#include "exports/xlsx_leads.hpp"
#include "platform/crypto/crypto.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

namespace leadcrm::exports {
namespace {

namespace fs = std::filesystem;
using custom_fields::CustomField;
using custom_fields::FieldType;

leads::Lead ana(std::int64_t number)
{
    leads::Lead lead{.id = leads::LeadId::make(),
        .number = number,
        .name = "Ana " + std::to_string(number),
        .phone = "+34600000000",
        .stage = {{}, "Incoming", {"open"}},
        .source = {{R"({"channel":"meta","platform":"fb","page_id":"101010101010101"})"}},
        .answers = {{R"([{"key":"why","label":"Why?","values":["=1+1"]}])"}},
        .custom = {{R"({"rooms":2.5,"day":"2026-01-31","call":"2026-07-01T12:00:00Z",
            "pick":"b","kinds":["a","b"],"sure":true,"zip":"01234"})"}},
        .submitted_at = *parse_time("2026-01-31T23:30:00Z"),
        .received_at = *parse_time("2026-07-01T12:00:00.999Z"),
        .updated_at = *parse_time("2026-07-01T12:00:01Z")};
    return lead;
}

CustomField field(const std::string& key, FieldType type)
{
    return {.key = key, .label = key + "?", .type = type, .options = {{"a", "Oak"}, {"b", "Ash"}}};
}

struct Written {
    fs::path path = fs::temp_directory_path() / ("leadcrm-xlsx-" + crypto::random_token(9));
    std::string sum;
    Parts parts;

    Written(const std::vector<std::int64_t>& pages, const SheetLimits& limits = {})
    {
        const auto file = make_xlsx_file(path,
            {.organization = "Acme & Co",
                .asked_by = "Ana",
                .asked_at = *parse_time("2026-07-01T10:00:00Z"),
                .read_at = *parse_time("2026-07-01T10:00:05Z"),
                .filter = R"({"is_test":false})",
                .time_zone = "Europe/Berlin",
                .fields = {field("rooms", FieldType::number), field("day", FieldType::date),
                    field("call", FieldType::date_time), field("pick", FieldType::select),
                    field("kinds", FieldType::multi_select), field("sure", FieldType::yes_no),
                    field("zip", FieldType::text), field("none", FieldType::text)}},
            limits);
        std::int64_t number = 0;
        for (const auto leads : pages) {
            LeadPage page;
            for (std::int64_t i = 0; i < leads; ++i) page.leads.push_back(ana(++number));
            file->add(page);
        }
        sum = file->finish(number);
        std::ifstream in(path, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        CHECK(sum == crypto::hex(crypto::sha256(bytes)));
        parts = unzip(bytes);
    }
    ~Written() { fs::remove(path); }

    // What stands below a heading in the first row.
    std::string cell(const std::string& heading) const
    {
        const auto rows = rows_of_sheet(parts, 1);
        for (std::size_t i = 0; i < rows.at(0).size(); ++i)
            if (rows[0][i] == heading) return i < rows.at(1).size() ? rows[1][i] : "";
        FAIL("no column " << heading);
        return "";
    }
    std::string sheet(int number) const
    {
        return parts.at("xl/worksheets/sheet" + std::to_string(number) + ".xml");
    }
};

std::string cell_of(std::string_view text)
{
    std::string cell = "what was there";
    set_sheet_text(cell, text);
    return cell;
}

}  // namespace

TEST_CASE("a workbook has times on the asker's clock, numbers, and texts that look like either")
{
    const Written made({1});
    CHECK(made.cell("Number") == "1");
    CHECK(made.cell("Phone") == "+34600000000");
    CHECK(made.cell("Page") == "101010101010101");
    // 00:30 on the 1st of February, and 14:00 in July; days since 1900.
    CHECK(std::stod(made.cell("Submitted (Europe/Berlin)")) == doctest::Approx(46054 + 0.5 / 24));
    CHECK(std::stod(made.cell("Received (Europe/Berlin)")) == doctest::Approx(46204 + 14.0 / 24));
    CHECK(made.cell("Test") == "no");
    CHECK(made.cell("rooms?") == "2.5");
    CHECK(made.cell("day?") == "46053");
    CHECK(std::stod(made.cell("call? (Europe/Berlin)")) == doctest::Approx(46204 + 14.0 / 24));
    CHECK(made.cell("pick?") == "Ash");
    CHECK(made.cell("kinds?") == "Oak, Ash");
    CHECK(made.cell("sure?") == "yes");
    CHECK(made.cell("zip?") == "01234");
    CHECK(made.cell("none?").empty());
    CHECK(made.cell("Answers") == "Why?: =1+1");

    CHECK(made.sheet(1).find(R"(<pane ySplit="1" topLeftCell="A2")") != std::string::npos);
    CHECK(made.sheet(1).find(R"(state="frozen")") != std::string::npos);
    CHECK(made.sheet(1).find(R"(<autoFilter ref="A1:Y2"/>)") != std::string::npos);
    CHECK(made.sheet(1).find("<cols>") != std::string::npos);
    CHECK(made.sheet(1).find("<f>") == std::string::npos);
    CHECK(made.parts.at("xl/styles.xml").find("yyyy\\-mm\\-dd\\ hh:mm:ss") == std::string::npos);
    CHECK(made.parts.at("xl/styles.xml").find("yyyy-mm-dd hh:mm:ss") != std::string::npos);
}

TEST_CASE("a workbook says what it is, who asked, when it was read and how many rows it has")
{
    const Written made({2, 3});
    std::map<std::string, std::string> about;
    for (const auto& row : rows_of_sheet(made.parts, 2)) about[row.at(0)] = row.at(1);
    CHECK(about.at("What") == "Leads of Acme & Co, from Lead CRM");
    CHECK(about.at("Rows") == "5");
    CHECK(about.at("Asked for by") == "Ana");
    CHECK(std::stod(about.at("As it was at")) > std::stod(about.at("Asked for at")));
    CHECK(about.at("Filter") == R"({"is_test":false})");
    CHECK(about.at("Time zone") == "Europe/Berlin");
}

TEST_CASE("what does not fit on a sheet goes on in the next, under a header of its own")
{
    for (const auto& limits : {SheetLimits{.rows = 3}, SheetLimits{.rows = 1000, .bytes = 1}}) {
        const Written made({2, 2, 3}, limits);
        std::size_t leads = 0;
        std::size_t sheets = 0;
        const auto& names = made.parts.at("xl/workbook.xml");
        for (int sheet = 1;
             made.parts.contains("xl/worksheets/sheet" + std::to_string(sheet) + ".xml"); ++sheet) {
            if (sheet == 2) continue;  // About
            const auto rows = rows_of_sheet(made.parts, sheet);
            CHECK(rows.at(0).at(1) == "Name");
            CHECK(rows.size() <= std::size_t(limits.rows) + 1);
            leads += rows.size() - 1;
            ++sheets;
            CHECK(rows.back().at(1) == "Ana " + std::to_string(leads));
        }
        CHECK(leads == 7);
        CHECK(sheets == (limits.rows == 3 ? 3 : 7));
        CHECK(names.find(R"(name="Leads 2")") != std::string::npos);
    }
}

TEST_CASE("a workbook without leads is one all the same")
{
    const Written made({});
    CHECK(rows_of_sheet(made.parts, 1).size() == 1);
}

TEST_CASE("a cell holds what XML can hold, and of the rest a sign that it was there")
{
    CHECK(cell_of("plain, \"quoted\" <b>\n\t").size() == 21);
    CHECK(cell_of("Zoë 😀 שלום") == "Zoë 😀 שלום");
    CHECK(cell_of(std::string_view("a\0b\x01\x1F\r", 6))
        == "a\uFFFD"
           "b\uFFFD\uFFFD\uFFFD");
    CHECK(cell_of("\uFFFE\uFFFF \xC3( \xED\xA0\x80").find('\xED') == std::string::npos);
    CHECK(cell_of("\uFFFF") == "\uFFFD");
    CHECK(cell_of("_x0041_ _xyz_ _x00") == "_x005F_x0041_ _xyz_ _x00");
    CHECK(cell_of("").empty());

    CHECK(cell_of(std::string(cell_units_max, 'a')).size() == cell_units_max);
    const auto cut = cell_of(std::string(cell_units_max + 1, 'a'));
    CHECK(cut == std::string(cell_units_max - 1, 'a') + "…");
    std::string smiles;
    for (int i = 0; i < 20'000; ++i) smiles += "😀";
    const auto fewer = cell_of(smiles);
    CHECK(fewer.size() == (cell_units_max - 1) / 2 * 4 + 3);
    CHECK(fewer.ends_with("😀…"));
}

}  // namespace leadcrm::exports
