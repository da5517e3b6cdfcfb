#include "exports/written_row.hpp"

#include "platform/csv.hpp"
#include "platform/json/json.hpp"

#include <algorithm>

namespace leadcrm::exports {
namespace {

constexpr auto line_end = "\r\n";

// Times are kept as numbers and meant for people here.
bool is_time(const db::Column& column)
{
    return column.type == db::ColumnType::whole
        && (column.name.ends_with("_at") || column.name == "at" || column.name.ends_with("_until")
            || column.name.ends_with("_since") || column.name == "watermark");
}

std::string cell_text(const db::Column& column, const db::Row& row, std::size_t place)
{
    switch (column.type) {
    case db::ColumnType::whole:
        return is_time(column) ? rfc3339(Instant{row.integer(place)})
                               : std::to_string(row.integer(place));
    case db::ColumnType::boolean:
        return row.boolean(place) ? "true" : "false";
    case db::ColumnType::real:
        return json::text_of(row.real(place));
    case db::ColumnType::uuid:
        return uuid_text(row.uuid(place));
    case db::ColumnType::bytes:
        throw Failure::internal("bytes do not leave: " + column.name);
    case db::ColumnType::text:
    case db::ColumnType::json:
        break;
    }
    return std::string(row.text(place));
}

bool is_bare_in_json(const db::Column& column)
{
    using db::ColumnType;
    return column.type == ColumnType::json || column.type == ColumnType::boolean
        || column.type == ColumnType::real
        || (column.type == ColumnType::whole && !is_time(column));
}

}  // namespace

void append_csv_header(std::string& text, std::span<const db::Column> columns)
{
    for (const auto& column : columns) {
        if (&column != &columns.front()) text += ',';
        text += column.name;
    }
    text += line_end;
}

void append_csv_row(std::string& text, std::span<const db::Column> columns, const db::Row& row)
{
    for (std::size_t place = 0; place < columns.size(); ++place) {
        if (place > 0) text += ',';
        if (row.is_null(place)) continue;
        const auto& column = columns[place];
        const auto cell = cell_text(column, row, place);
        if (column.type == db::ColumnType::whole || column.type == db::ColumnType::real)
            text += cell;  // a number below zero is no formula
        else
            csv::append_cell(text, cell);
    }
    text += line_end;
}

void append_json_row(std::string& text, std::span<const db::Column> columns, const db::Row& row)
{
    text += '{';
    for (std::size_t place = 0; place < columns.size(); ++place) {
        if (place > 0) text += ',';
        const auto& column = columns[place];
        json::append_text(text, column.name);
        text += ':';
        if (row.is_null(place))
            text += "null";
        else if (is_bare_in_json(column))
            text += cell_text(column, row, place);
        else
            json::append_text(text, cell_text(column, row, place));
    }
    text += "}\n";
}

}  // namespace leadcrm::exports
