// JSON in and out of described structs (Boost.Describe). Requests are read with read(), which
// names every bad field at once; our own stored JSON with from_text(); everything is written with
// text_of(). How each C++ type looks in JSON:
//     Id -> "lead_01h4…", Instant -> RFC 3339 in UTC, enum -> its name, optional -> null,
//     field type -> its value, Raw -> itself, vector -> array, map<string, T> -> object, described
//     struct -> object, boost::json::value -> itself.
#pragma once

#include "platform/failure.hpp"
#include "platform/fields.hpp"
#include "platform/id.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>

namespace leadcrm::json {

using boost::json::array;
using boost::json::object;
using boost::json::value;

// Text that is JSON already; printed as it is. JSONB on PostgreSQL, TEXT on SQLite.
struct Raw {
    std::string text;
    bool operator==(const Raw&) const = default;
};

// The same, known to be a T: the API description says so.
template <class T>
struct RawOf : Raw {
    using What = T;
};
template <class T>
constexpr bool is_raw_of = false;
template <class T>
constexpr bool is_raw_of<RawOf<T>> = true;

// Parses text that came from outside: depth at most 32, no duplicate handling, UTF-8 only.
// Throws Failure::malformed with the place of the error.
value parse(std::string_view text);

// Compact text of a value.
std::string print(const value& tree);

// Any described type as text, written straight into the string: lists of leads go through here, so
// it builds no tree and allocates nothing but the text.
template <class T>
std::string text_of(const T& what);
template <class T>
void append_text(std::string& text, const T& what);

// Reads a request: unknown members are refused, and so are missing ones that are not optional; all
// bad fields are collected into one Failure::invalid. `prefix` is put before the names of the
// fields.
template <class T>
T read(const value& tree, const std::string& prefix = {});

// Reads JSON that this program wrote: unknown members are ignored, missing ones keep their default.
// Throws Failure::internal when a member has the wrong type.
template <class T>
T from_tree(const value& tree);
template <class T>
T from_text(std::string_view text);

// Throws Failure::internal when the text names no enumerator.
template <class E>
E enum_from_text(std::string_view text);

// JSON Schema (OpenAPI 3.1) of a type. Described structs become references into `components`,
// which is filled as they are met.
template <class T>
value schema_of(object& components);

}  // namespace leadcrm::json

#include "platform/json/describe.hpp"  // IWYU pragma: export
#include "platform/json/schema.hpp"  // IWYU pragma: export
