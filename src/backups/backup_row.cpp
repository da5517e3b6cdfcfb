#include "backups/backup_row.hpp"

#include "platform/crypto/crypto.hpp"
#include "platform/json/json.hpp"

#include <boost/json/parse.hpp>

namespace leadcrm::backups {
namespace {

using db::ColumnType;

void append_cell(std::string& text, ColumnType type, const db::Row& row, std::size_t place)
{
    switch (type) {
    case ColumnType::whole:
        text += std::to_string(row.integer(place));
        return;
    case ColumnType::boolean:
        text += row.boolean(place) ? "true" : "false";
        return;
    case ColumnType::real:
        json::append_text(text, row.real(place));
        return;
    case ColumnType::uuid:
        json::append_text(text, uuid_text(row.uuid(place)));
        return;
    case ColumnType::bytes:
        json::append_text(text, crypto::base64url(row.blob(place)));
        return;
    case ColumnType::text:
    case ColumnType::json:
        json::append_text(text, row.text(place));
        return;
    }
}

Uuid uuid_of(const std::string& text)
{
    const auto uuid = parse_uuid(text);
    if (!uuid) throw Failure::malformed("An id in the backup is none.");
    return *uuid;
}

db::Value cell_of(const json::value& cell, ColumnType type)
{
    if (cell.is_null()) return std::monostate{};
    const auto text = [&] { return std::string(cell.as_string()); };
    switch (type) {
    case ColumnType::whole:
        return cell.to_number<std::int64_t>();
    case ColumnType::boolean:
        return cell.as_bool();
    case ColumnType::real:
        return cell.to_number<double>();
    case ColumnType::uuid:
        return uuid_of(text());
    case ColumnType::bytes:
        return db::Blob{crypto::from_base64url(text()).value()};
    case ColumnType::json:
        return db::JsonText{text()};
    case ColumnType::text:
        break;
    }
    return text();
}

}  // namespace

void append_row(std::string& text, std::span<const db::Column> columns, const db::Row& row)
{
    text += '[';
    for (std::size_t place = 0; place < columns.size(); ++place) {
        if (place > 0) text += ',';
        if (row.is_null(place))
            text += "null";
        else
            append_cell(text, columns[place].type, row, place);
    }
    text += "]\n";
}

std::vector<db::Value> read_row(std::string_view line, std::span<const db::Column> columns)
{
    try {
        const auto parsed = boost::json::parse({line.data(), line.size()});
        const auto& cells = parsed.as_array();
        std::vector<db::Value> values;
        for (std::size_t place = 0; place < columns.size(); ++place)
            values.push_back(cell_of(cells.at(place), columns[place].type));
        return values;
    } catch (const std::exception& error) {
        throw Failure::malformed("A row of the backup cannot be read.").because(error.what());
    }
}

}  // namespace leadcrm::backups
