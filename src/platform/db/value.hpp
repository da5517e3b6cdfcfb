// What travels between C++ and a statement: values in, cells out, and which C++ type is which
// column. Columns: Id and Uuid = UUID, Instant = BIGINT, bool = BOOLEAN, enums of Boost.Describe =
// TEXT, Blob = BYTEA, JSON and described structs or vectors inside a record = JSONB.
#pragma once

#include "platform/fields.hpp"
#include "platform/id.hpp"
#include "platform/json/json.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace leadcrm::db {

struct Blob {
    std::string bytes;
    bool operator==(const Blob&) const = default;
};

using JsonText = json::Raw;

using Value =
    std::variant<std::monostate, bool, std::int64_t, double, std::string, Uuid, Blob, JsonText>;

// One row of an answer. Valid only while it is being handed over; copy what is kept. Asking a NULL
// cell for a value, or a cell for a type it does not hold, throws Failure::internal.
class Row {
public:
    virtual std::size_t size() const = 0;
    virtual bool is_null(std::size_t column) const = 0;
    virtual bool boolean(std::size_t column) const = 0;
    virtual std::int64_t integer(std::size_t column) const = 0;
    virtual double real(std::size_t column) const = 0;
    virtual std::string_view text(std::size_t column) const = 0;
    virtual Uuid uuid(std::size_t column) const = 0;
    virtual std::string blob(std::size_t column) const = 0;

protected:
    ~Row() = default;
};

using json::is_optional;

// A struct whose members are columns.
template <class T>
constexpr bool is_record = json::is_struct<T> && !is_field_type<T>;

// C++ to statement. Overloads are found by type: a field type (fields.hpp) goes as its `value`.
template <class T>
Value to_value(const T& value)
{
    if constexpr (std::same_as<T, Value>) {
        return value;
    } else if constexpr (is_optional<T>) {
        if (!value) return std::monostate{};
        return to_value(*value);
    } else if constexpr (std::same_as<T, bool>) {
        return value;
    } else if constexpr (boost::describe::has_describe_enumerators<T>::value) {
        return std::string(boost::describe::enum_to_string(value, ""));
    } else if constexpr (std::integral<T>) {
        return static_cast<std::int64_t>(value);
    } else if constexpr (std::floating_point<T>) {
        return static_cast<double>(value);
    } else if constexpr (std::convertible_to<const T&, std::string_view>) {
        return std::string(std::string_view(value));
    } else if constexpr (std::same_as<T,
                             Uuid> || std::same_as<T, Blob> || std::same_as<T, JsonText>) {
        return value;
    } else if constexpr (is_id<T>) {
        return value.uuid;
    } else if constexpr (std::same_as<T, Instant>) {
        return value.us;
    } else if constexpr (is_field_type<T>) {
        return to_value(value.value);
    } else {
        return JsonText{json::text_of(value)};
    }
}

// Statement to C++.
template <class T>
T from_cell(const Row& row, std::size_t column)
{
    if constexpr (is_optional<T>) {
        if (row.is_null(column)) return std::nullopt;
        return from_cell<typename T::value_type>(row, column);
    } else if constexpr (std::same_as<T, bool>) {
        return row.boolean(column);
    } else if constexpr (boost::describe::has_describe_enumerators<T>::value) {
        return json::enum_from_text<T>(row.text(column));
    } else if constexpr (std::integral<T>) {
        return static_cast<T>(row.integer(column));
    } else if constexpr (std::floating_point<T>) {
        return static_cast<T>(row.real(column));
    } else if constexpr (std::same_as<T, std::string>) {
        return std::string(row.text(column));
    } else if constexpr (std::same_as<T, Uuid>) {
        return row.uuid(column);
    } else if constexpr (std::same_as<T, Blob>) {
        return Blob{row.blob(column)};
    } else if constexpr (std::same_as<T, JsonText>) {
        return JsonText{std::string(row.text(column))};
    } else if constexpr (is_id<T>) {
        return T{row.uuid(column)};
    } else if constexpr (std::same_as<T, Instant>) {
        return Instant{row.integer(column)};
    } else if constexpr (is_field_type<T>) {
        return T{from_cell<decltype(T::value)>(row, column)};
    } else {
        return json::from_text<T>(row.text(column));
    }
}

// A whole row: a described struct member by member, a tuple, or a single column.
template <class T>
struct is_tuple : std::false_type {
};
template <class... T>
struct is_tuple<std::tuple<T...>> : std::true_type {
};

void check_column_count(const Row& row, std::size_t expected);

template <class T>
T from_row(const Row& row)
{
    if constexpr (is_tuple<T>::value) {
        check_column_count(row, std::tuple_size_v<T>);
        return [&]<std::size_t... I>(std::index_sequence<I...>)
        {
            return T{from_cell<std::tuple_element_t<I, T>>(row, I)...};
        }
        (std::make_index_sequence<std::tuple_size_v<T>>{});
    } else if constexpr (is_record<T>) {
        T record{};
        std::size_t column = 0;
        check_column_count(row, boost::mp11::mp_size<json::Members<T>>::value);
        boost::mp11::mp_for_each<json::Members<T>>([&](auto member) {
            auto& field = record.*member.pointer;
            field = from_cell<std::remove_reference_t<decltype(field)>>(row, column++);
        });
        return record;
    } else {
        check_column_count(row, 1);
        return from_cell<T>(row, 0);
    }
}

template <class T>
std::vector<std::string_view> column_names()
{
    std::vector<std::string_view> names;
    boost::mp11::mp_for_each<json::Members<T>>(
        [&](auto member) { names.emplace_back(member.name); });
    return names;
}

template <class T>
void append_values(std::vector<Value>& values, const T& record)
{
    boost::mp11::mp_for_each<json::Members<T>>(
        [&](auto member) { values.push_back(to_value(record.*member.pointer)); });
}

}  // namespace leadcrm::db
