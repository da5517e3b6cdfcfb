#include "exports/workbook_check.hpp"

#include "platform/failure.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <memory>
#include <string_view>

namespace leadcrm::exports {
namespace {

constexpr std::string_view row_begin = "<row ";
constexpr std::string_view sheet_end = "</worksheet>";
constexpr std::size_t piece_bytes = std::size_t(256) * 1024;

[[noreturn]] void refuse(const std::string& why)
{
    throw Failure::unavailable("The file could not be written.", 60).because(why);
}

std::int64_t count_rows(std::string_view text)
{
    std::int64_t rows = 0;
    for (auto at = text.find(row_begin); at != std::string_view::npos;
         at = text.find(row_begin, at + row_begin.size()))
        ++rows;
    return rows;
}

// Counts the rows of the part at hand. `text` is a place to read into.
std::int64_t rows_of_part(archive* zip, const std::string& name, std::string& text)
{
    std::int64_t rows = 0;
    std::size_t kept = 0;  // of the piece before: a row may begin in one and go on in the next
    for (;;) {
        text.resize(kept + piece_bytes);
        const auto taken = archive_read_data(zip, text.data() + kept, piece_bytes);
        if (taken < 0) refuse(name + " cannot be read");
        text.resize(kept + std::size_t(taken));
        if (taken == 0) break;
        rows += count_rows(text) - count_rows(std::string_view(text).substr(0, kept));
        kept = std::min(text.size(), sheet_end.size());
        text.erase(0, text.size() - kept);
    }
    if (text.ends_with('\n')) text.pop_back();
    const bool is_sheet = name.starts_with("xl/worksheets/");
    if (!text.ends_with(is_sheet ? sheet_end : ">")) refuse(name + " ends before its end");
    return rows;
}

}  // namespace

std::map<std::string, std::int64_t> rows_in_workbook(const std::filesystem::path& path)
{
    const std::unique_ptr<archive, decltype(&archive_read_free)> zip(
        archive_read_new(), &archive_read_free);
    if (!zip) refuse("no memory");
    archive_read_support_format_zip(zip.get());
    if (archive_read_open_filename(zip.get(), path.c_str(), piece_bytes) != ARCHIVE_OK)
        refuse("it cannot be opened");
    std::map<std::string, std::int64_t> rows;
    std::string text;
    archive_entry* entry = nullptr;
    int result = ARCHIVE_OK;
    while ((result = archive_read_next_header(zip.get(), &entry)) == ARCHIVE_OK) {
        const std::string name = archive_entry_pathname(entry);
        const auto found = rows_of_part(zip.get(), name, text);
        if (name.starts_with("xl/worksheets/")) rows[name] = found;
        text.clear();
    }
    if (result != ARCHIVE_EOF) refuse("it is no archive");
    return rows;
}

}  // namespace leadcrm::exports
