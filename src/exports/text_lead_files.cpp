#include "exports/text_lead_files.hpp"

#include "exports/lead_table.hpp"
#include "exports/summed_file.hpp"
#include "platform/csv.hpp"

namespace leadcrm::exports {
namespace {

class CsvCells {
public:
    explicit CsvCells(std::string& csv) : csv_(csv) { }

    void number(std::int64_t what) { begin() += std::to_string(what); }
    void text(std::string_view what) { csv::append_cell(begin(), what); }
    void time(Instant at) { append_rfc3339(begin(), at); }
    void yes_no(bool what) { begin() += what ? "true" : "false"; }
    void value(const custom_fields::CustomField&, const json::value* what)
    {
        begin();
        if (what) csv::append_cell(csv_, text_of_value(*what));
    }

private:
    std::string& begin()
    {
        if (!is_first_) csv_ += ',';
        is_first_ = false;
        return csv_;
    }

    std::string& csv_;
    bool is_first_ = true;
};

class CsvFile : public LeadFile {
public:
    CsvFile(const std::filesystem::path& path, LeadFileFacts facts)
        : file_(path), facts_(std::move(facts))
    {
        std::string header;
        CsvCells cells(header);
        for (const auto& column : columns_before) cells.text(column.name);
        for (const auto& field : facts_.fields) cells.text(field.label);
        for (const auto& column : columns_after) cells.text(column.name);
        file_.write(header + "\r\n");
    }

    bool tells_consents() const override { return true; }
    void add(const LeadPage& page) override
    {
        text_.clear();
        for (const auto& lead : page.leads) {
            CsvCells cells(text_);
            tell_cells(cells, lead, page.disclaimers_of(lead), facts_.fields, words_);
            text_ += "\r\n";
        }
        file_.write(text_);
    }
    std::string finish(std::int64_t) override { return file_.finish(); }

private:
    SummedFile file_;
    LeadFileFacts facts_;
    SharedWords words_;
    std::string text_;  // of a page
};

class JsonLinesFile : public LeadFile {
public:
    explicit JsonLinesFile(const std::filesystem::path& path) : file_(path) { }

    void add(const LeadPage& page) override
    {
        text_.clear();
        for (const auto& lead : page.leads) {
            json::append_text(text_, lead);
            text_ += '\n';
        }
        file_.write(text_);
    }
    std::string finish(std::int64_t) override { return file_.finish(); }

private:
    SummedFile file_;
    std::string text_;  // of a page
};

}  // namespace

std::unique_ptr<LeadFile> make_csv_file(const std::filesystem::path& path, LeadFileFacts facts)
{
    return std::make_unique<CsvFile>(path, std::move(facts));
}

std::unique_ptr<LeadFile> make_json_lines_file(const std::filesystem::path& path)
{
    return std::make_unique<JsonLinesFile>(path);
}

}  // namespace leadcrm::exports
