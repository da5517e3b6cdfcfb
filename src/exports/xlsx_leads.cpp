#include "exports/xlsx_leads.hpp"

#include "exports/lead_table.hpp"
#include "exports/summed_file.hpp"
#include "exports/workbook.hpp"
#include "platform/time/wall_clock.hpp"

namespace leadcrm::exports {
namespace {

using custom_fields::CustomField;
using custom_fields::FieldType;
using Look = Workbook::Look;

constexpr int field_width = 20;
constexpr std::int64_t cell_bytes = 48;  // around a text, roughly

std::string label_of(const CustomField& field, const json::value& key)
{
    for (const auto& option : field.options)
        if (key.is_string() && option.key == std::string_view(key.as_string())) return option.label;
    return text_of_value(key);
}

// What people read in a cell: an option's label, an amount with its currency's code.
std::string text_of_field(const CustomField& field, const json::value& value)
{
    if (field.type == FieldType::select) return label_of(field, value);
    if (field.type == FieldType::multi_select && value.is_array()) {
        std::string text;
        for (const auto& key : value.as_array())
            text += (text.empty() ? "" : ", ") + label_of(field, key);
        return text;
    }
    if (value.is_bool()) return value.as_bool() ? "yes" : "no";
    return text_of_value(value);
}

std::optional<Instant> time_in(const CustomField& field, const json::value& value)
{
    if (!value.is_string()) return std::nullopt;
    const std::string text(value.as_string());
    if (field.type == FieldType::date) return parse_time(text + "T00:00:00Z");
    return field.type == FieldType::date_time ? parse_time(text) : std::nullopt;
}

// The cells of one row; those of LeadColumn and the custom fields, from the left.
class SheetCells {
public:
    SheetCells(Workbook& workbook, WallClock& clock, Workbook::Sheet sheet, lxw_row_t row)
        : workbook_(workbook), clock_(clock), sheet_(sheet), row_(row)
    {
    }

    std::int64_t bytes() const { return bytes_; }
    void number(std::int64_t what) { workbook_.write_number(sheet_, row_, next(), double(what)); }
    void text(std::string_view what)
    {
        workbook_.write_text(sheet_, row_, next(), what);
        bytes_ += std::int64_t(what.size());
    }
    void time(Instant at) { workbook_.write_time(sheet_, row_, next(), clock_.shown_us(at)); }
    void yes_no(bool what) { text(what ? "yes" : "no"); }
    void value(const CustomField& field, const json::value* what)
    {
        if (!what || what->is_null()) {
            next();
        } else if (what->is_number()) {
            workbook_.write_number(sheet_, row_, next(), what->to_number<double>());
        } else if (const auto at = time_in(field, *what)) {
            const bool is_day = field.type == FieldType::date;
            workbook_.write_time(sheet_, row_, next(), is_day ? at->us : clock_.shown_us(*at),
                is_day ? Look::date : Look::time);
        } else {
            text(text_of_field(field, *what));
        }
    }

private:
    lxw_col_t next()
    {
        bytes_ += cell_bytes;
        return column_++;
    }

    Workbook& workbook_;
    WallClock& clock_;
    Workbook::Sheet sheet_;
    lxw_row_t row_;
    lxw_col_t column_ = 0;
    std::int64_t bytes_ = 0;
};

class XlsxFile : public LeadFile {
public:
    XlsxFile(const std::filesystem::path& path, LeadFileFacts facts, const SheetLimits& limits)
        : path_(path)
        , facts_(std::move(facts))
        , limits_(limits)
        , clock_(facts_.time_zone)
        , workbook_(path)
    {
        begin_sheet();
        about_ = workbook_.add_sheet("About");
    }

    bool tells_consents() const override { return true; }
    void add(const LeadPage& page) override
    {
        for (const auto& lead : page.leads) {
            if (rows_ == limits_.rows || bytes_ >= limits_.bytes) begin_sheet();
            SheetCells cells(workbook_, clock_, sheet_, lxw_row_t(++rows_));
            tell_cells(cells, lead, page.disclaimers_of(lead), facts_.fields, words_);
            bytes_ += cells.bytes();
        }
    }
    std::string finish(std::int64_t rows) override
    {
        end_sheet();
        tell_about(rows);
        workbook_.finish();
        return sum_of(path_);
    }

private:
    void begin_sheet()
    {
        if (sheet_) end_sheet();
        ++sheets_;
        sheet_ = workbook_.add_sheet(sheets_ == 1 ? "Leads" : "Leads " + std::to_string(sheets_));
        rows_ = 0;
        bytes_ = 0;
        columns_ = 0;
        for (const auto& column : columns_before)
            begin_column(column.heading, column.width, column.is_time);
        for (const auto& field : facts_.fields)
            begin_column(field.label, field_width, field.type == FieldType::date_time);
        for (const auto& column : columns_after)
            begin_column(column.heading, column.width, column.is_time);
        worksheet_freeze_panes(sheet_, 1, 0);
    }
    void begin_column(std::string_view heading, int width, bool is_time)
    {
        auto text = std::string(heading);
        if (is_time) text += " (" + clock_.zone() + ")";
        workbook_.write_text(sheet_, 0, columns_, text, Look::heading);
        workbook_.set_width(
            sheet_, columns_, std::max(width, is_time ? int(text.size()) + 3 : width));
        ++columns_;
    }
    void end_sheet()
    {
        worksheet_autofilter(sheet_, 0, 0, lxw_row_t(rows_), lxw_col_t(columns_ - 1));
    }
    void tell_about(std::int64_t rows)
    {
        lxw_row_t row = 0;
        const auto tell = [&](std::string_view what, std::string_view value) {
            workbook_.write_text(about_, row, 0, what, Look::heading);
            workbook_.write_text(about_, row++, 1, value);
        };
        const auto tell_time = [&](std::string_view what, Instant at) {
            workbook_.write_text(about_, row, 0, what, Look::heading);
            workbook_.write_time(about_, row++, 1, clock_.shown_us(at));
        };
        tell("What", "Leads of " + facts_.organization + ", from Lead CRM");
        workbook_.write_text(about_, row, 0, "Rows", Look::heading);
        workbook_.write_number(about_, row++, 1, double(rows));
        tell("Sheets with leads", std::to_string(sheets_));
        tell("Filter",
            facts_.filter.empty() ? "none: all leads this person may see" : facts_.filter);
        tell("Asked for by", facts_.asked_by);
        tell_time("Asked for at", facts_.asked_at);
        tell_time("As it was at", facts_.read_at);
        tell("Time zone", clock_.zone());
        workbook_.set_width(about_, 0, 20);
        workbook_.set_width(about_, 1, 60);
    }

    const std::filesystem::path path_;
    const LeadFileFacts facts_;
    const SheetLimits limits_;
    WallClock clock_;
    Workbook workbook_;
    SharedWords words_;
    Workbook::Sheet sheet_ = nullptr;  // where rows go
    Workbook::Sheet about_ = nullptr;
    int sheets_ = 0;
    lxw_col_t columns_ = 0;
    std::int64_t rows_ = 0;  // of this sheet
    std::int64_t bytes_ = 0;
};

}  // namespace

std::unique_ptr<LeadFile> make_xlsx_file(
    const std::filesystem::path& path, LeadFileFacts facts, const SheetLimits& limits)
{
    return std::make_unique<XlsxFile>(path, std::move(facts), limits);
}

}  // namespace leadcrm::exports
