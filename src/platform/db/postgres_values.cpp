#include "platform/db/postgres_values.hpp"

#include <charconv>
#include <cstring>

namespace leadcrm::db {
namespace {

// From the server's pg_type.dat; they never change.
constexpr Oid bool_type = 16;
constexpr Oid bytea_type = 17;
constexpr Oid name_type = 19;
constexpr Oid int8_type = 20;
constexpr Oid int2_type = 21;
constexpr Oid int4_type = 23;
constexpr Oid text_type = 25;
constexpr Oid json_type = 114;
constexpr Oid float4_type = 700;
constexpr Oid float8_type = 701;
constexpr Oid varchar_type = 1043;
constexpr Oid numeric_type = 1700;
constexpr Oid uuid_type = 2950;
constexpr Oid jsonb_type = 3802;

template <class Number>
std::string written(Number number)
{
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, number).ptr};
}

int hex_digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

}  // namespace

PostgresParameters::PostgresParameters(
    const std::optional<OrganizationId>& tenant, std::span<const Value> values)
{
    const auto count = values.size() + 1;
    types_.reserve(count);
    values_.reserve(count);
    lengths_.reserve(count);
    formats_.reserve(count);
    written_.reserve(count);  // values_ points into it
    if (tenant) add(Value(tenant->uuid));
    for (const auto& value : values) add(value);
}

void PostgresParameters::add(Oid type, const char* value, std::size_t length, bool is_binary)
{
    types_.push_back(type);
    values_.push_back(value);
    lengths_.push_back(static_cast<int>(length));
    formats_.push_back(is_binary);
}

void PostgresParameters::add_written(Oid type, std::string text)
{
    const auto& kept = written_.emplace_back(std::move(text));
    add(type, kept.c_str(), kept.size(), false);
}

void PostgresParameters::add(const Value& value)
{
    struct Add {
        PostgresParameters& to;
        void operator()(std::monostate) const { to.add(0, nullptr, 0, false); }
        void operator()(bool flag) const { to.add(bool_type, flag ? "t" : "f", 1, false); }
        void operator()(std::int64_t number) const { to.add_written(int8_type, written(number)); }
        void operator()(double number) const { to.add_written(float8_type, written(number)); }
        // Binary, because the written form would end at a zero byte without a word.
        void operator()(const std::string& text) const
        {
            to.add(text_type, text.data(), text.size(), true);
        }
        void operator()(const Uuid& uuid) const { to.add_written(uuid_type, uuid_text(uuid)); }
        void operator()(const Blob& blob) const
        {
            to.add(bytea_type, blob.bytes.data(), blob.bytes.size(), true);
        }
        void operator()(const JsonText& json) const
        {
            to.add(jsonb_type, json.text.c_str(), json.text.size(), false);
        }
    };
    std::visit(Add{*this}, value);
}

bool PostgresRow::is_null(std::size_t column) const
{
    return PQgetisnull(result_, row_, static_cast<int>(column)) != 0;
}

std::string_view PostgresRow::cell(
    std::size_t column, std::initializer_list<Oid> types, const char* what) const
{
    const int index = static_cast<int>(column);
    if (is_null(column)) refuse(column, what);
    const auto type = PQftype(result_, index);
    for (const auto allowed : types)
        if (type == allowed)
            return {PQgetvalue(result_, row_, index),
                static_cast<std::size_t>(PQgetlength(result_, row_, index))};
    refuse(column, what);
}

void PostgresRow::refuse(std::size_t column, const char* what) const
{
    const char* name = PQfname(result_, static_cast<int>(column));
    throw Failure::internal("column " + std::string(name ? name : "?") + " does not hold " + what);
}

bool PostgresRow::boolean(std::size_t column) const
{
    return cell(column, {bool_type}, "true or false") == "t";
}

// Numeric, because that is what a sum of BIGINT is there.
std::int64_t PostgresRow::integer(std::size_t column) const
{
    const auto text =
        cell(column, {int8_type, int4_type, int2_type, numeric_type}, "a whole number");
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size())
        refuse(column, "a whole number");
    return number;
}

double PostgresRow::real(std::size_t column) const
{
    const auto text = cell(column,
        {float8_type, float4_type, numeric_type, int8_type, int4_type, int2_type}, "a number");
    double number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{}) refuse(column, "a number");
    return number;
}

std::string_view PostgresRow::text(std::size_t column) const
{
    return cell(column, {text_type, jsonb_type, varchar_type, name_type, json_type}, "text");
}

Uuid PostgresRow::uuid(std::size_t column) const
{
    const auto parsed = parse_uuid(cell(column, {uuid_type}, "an id"));
    if (!parsed) refuse(column, "an id");
    return *parsed;
}

// "\x00ff": two digits a byte.
std::string PostgresRow::blob(std::size_t column) const
{
    const auto text = cell(column, {bytea_type}, "bytes");
    if (!text.starts_with("\\x")) refuse(column, "bytes in hexadecimal");
    std::string bytes(text.size() / 2 - 1, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>(hex_digit(text[2 + 2 * i]) * 16 + hex_digit(text[3 + 2 * i]));
    return bytes;
}

}  // namespace leadcrm::db
