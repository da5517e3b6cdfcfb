// A workbook (XLSX) that is written row by row, with nothing but the row at hand in memory. By
// libxlsxwriter: rows go into nameless files beside the workbook, which is put together at the end.
#pragma once

#include <xlsxwriter.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::exports {

// Everything throws Failure::unavailable when the disk does not take it.
class Workbook {
public:
    using Sheet = lxw_worksheet*;
    enum class Look { text, heading, time, date };

    explicit Workbook(const std::filesystem::path& path);

    // Nothing is written above what was written, and no row is left empty.
    Sheet add_sheet(const std::string& name);
    // Texts are texts, whatever they look like, and stay so when somebody edits the cell.
    void write_text(Sheet sheet, lxw_row_t row, lxw_col_t column, std::string_view text,
        Look look = Look::text);
    void write_number(Sheet sheet, lxw_row_t row, lxw_col_t column, double number);
    // As WallClock shows it.
    void write_time(Sheet sheet, lxw_row_t row, lxw_col_t column, std::int64_t shown_us,
        Look look = Look::time);
    void set_width(Sheet sheet, lxw_col_t column, int characters);
    // Without it the file is none. Reads the file back: all that was written is in it.
    void finish();

private:
    lxw_format* format_of(Look look) const { return formats_[static_cast<std::size_t>(look)]; }
    lxw_format* add_format(const char* number_format, bool is_bold = false);
    void check(lxw_error result) const;

    struct Free {
        void operator()(lxw_workbook* which) const { lxw_workbook_free(which); }
    };
    const std::filesystem::path path_;
    std::string folder_;
    std::unique_ptr<lxw_workbook, Free> workbook_;
    lxw_format* formats_[4] = {};  // by Look
    std::string cell_;
    std::vector<Sheet> sheets_;
};

}  // namespace leadcrm::exports
