#include "exports/workbook.hpp"

#include "exports/sheet_text.hpp"
#include "exports/summed_file.hpp"
#include "exports/workbook_check.hpp"
#include "platform/failure.hpp"

namespace leadcrm::exports {
namespace {

constexpr double us_of_day = 86'400e6;
constexpr double days_to_1970 = 25'569;  // from the day a workbook counts from

}  // namespace

Workbook::Workbook(const std::filesystem::path& path) : path_(path), folder_(path.parent_path())
{
    make_private_file(path);
    lxw_workbook_options options{LXW_TRUE, folder_.data(), LXW_FALSE};
    workbook_.reset(workbook_new_opt(path.c_str(), &options));
    if (!workbook_) check(LXW_ERROR_MEMORY_MALLOC_FAILED);
    // In the order of Look.
    formats_[0] = add_format("@");
    formats_[1] = add_format("@", true);
    formats_[2] = add_format("yyyy-mm-dd hh:mm:ss");
    formats_[3] = add_format("yyyy-mm-dd");
}

Workbook::Sheet Workbook::add_sheet(const std::string& name)
{
    auto* sheet = workbook_add_worksheet(workbook_.get(), name.c_str());
    if (!sheet) check(LXW_ERROR_CREATING_TMPFILE);
    sheets_.push_back(sheet);
    return sheet;
}

void Workbook::write_text(
    Sheet sheet, lxw_row_t row, lxw_col_t column, std::string_view text, Look look)
{
    if (text.empty()) return;
    set_sheet_text(cell_, text);
    check(worksheet_write_string(sheet, row, column, cell_.c_str(), format_of(look)));
}

void Workbook::write_number(Sheet sheet, lxw_row_t row, lxw_col_t column, double number)
{
    check(worksheet_write_number(sheet, row, column, number, nullptr));
}

void Workbook::write_time(
    Sheet sheet, lxw_row_t row, lxw_col_t column, std::int64_t shown_us, Look look)
{
    // Whole seconds: what is shown is what is there.
    const auto whole = shown_us - (shown_us % 1'000'000 + 1'000'000) % 1'000'000;
    const auto days = double(whole) / us_of_day + days_to_1970;
    check(worksheet_write_number(sheet, row, column, days, format_of(look)));
}

void Workbook::set_width(Sheet sheet, lxw_col_t column, int characters)
{
    check(worksheet_set_column(sheet, column, column, characters, nullptr));
}

void Workbook::finish()
{
    std::map<std::string, std::int64_t> rows;
    for (const auto* sheet : sheets_)
        rows["xl/worksheets/sheet" + std::to_string(sheet->index + 1) + ".xml"] =
            std::int64_t(sheet->dim_rowmax) + 1;
    // It frees the workbook, whether or not it succeeds.
    check(workbook_close(workbook_.release()));
    if (rows_in_workbook(path_) != rows)
        throw Failure::unavailable("The file could not be written.", 60)
            .because("rows are missing");
}

lxw_format* Workbook::add_format(const char* number_format, bool is_bold)
{
    auto* format = workbook_add_format(workbook_.get());
    if (!format) check(LXW_ERROR_MEMORY_MALLOC_FAILED);
    format_set_num_format(format, number_format);
    if (is_bold) format_set_bold(format);
    return format;
}

void Workbook::check(lxw_error result) const
{
    if (result == LXW_NO_ERROR) return;
    throw Failure::unavailable("The file could not be written.", 60).because(lxw_strerror(result));
}

}  // namespace leadcrm::exports
