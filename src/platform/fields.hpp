// Field types: a type that is its own rule. Written once, asked by requests (json/read.hpp), by the
// OpenAPI text and by storage. A field type has a `value`, `static T check(raw)` that throws
// BadField, and `static boost::json::object schema()`.
#pragma once

#include "platform/failure.hpp"

#include <boost/json/object.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace leadcrm {

template <class T>
concept is_field_type_concept = requires(T field)
{
    field.value;
    T::schema();
    T::check(field.value);
};
template <class T>
constexpr bool is_field_type = is_field_type_concept<T>;

namespace fields {

// Trims white space at both ends, refuses text that is not UTF-8, control characters other than
// line breaks and tabs, and lengths (in characters) outside the bounds.
std::string check_text(std::string text, std::size_t min, std::size_t max);
std::int64_t check_whole(std::int64_t number, std::int64_t min, std::int64_t max);

}  // namespace fields

template <std::size_t Min, std::size_t Max>
struct Text {
    std::string value;

    static Text check(std::string text) { return {fields::check_text(std::move(text), Min, Max)}; }
    static boost::json::object schema()
    {
        return {{"type", "string"}, {"minLength", Min}, {"maxLength", Max}};
    }
    bool operator==(const Text&) const = default;
};

template <std::int64_t Min, std::int64_t Max>
struct Whole {
    std::int64_t value = Min;

    static Whole check(std::int64_t number) { return {fields::check_whole(number, Min, Max)}; }
    static boost::json::object schema()
    {
        return {{"type", "integer"}, {"minimum", Min}, {"maximum", Max}};
    }
    bool operator==(const Whole&) const = default;
};

// One address, lower-cased and trimmed; at most 254 characters (RFC 5321).
struct Email {
    std::string value;

    static Email check(std::string text);
    static boost::json::object schema();
    bool operator==(const Email&) const = default;
};

// A secret a person chose, kept as typed. 8 to 200 characters.
struct Password {
    std::string value;

    static Password check(std::string text);
    static boost::json::object schema();
};

// ISO 3166-1 alpha-2, upper case: "DE".
struct Country {
    std::string value;

    static Country check(std::string text);
    static boost::json::object schema();
    bool operator==(const Country&) const = default;
};

// A name of the IANA time zone database: "Europe/Berlin".
struct TimeZone {
    std::string value;

    static TimeZone check(std::string text);
    static boost::json::object schema();
    bool operator==(const TimeZone&) const = default;
};

}  // namespace leadcrm
