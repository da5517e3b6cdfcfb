// How a request fills a described struct: path and query (or JSON body) by the members' names.
// Everything wrong with it is collected into one Failure::invalid. Used by routes.hpp.
#pragma once

#include "platform/http/message.hpp"
#include "platform/json/json.hpp"

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>

#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace leadcrm::http {

// The version an If-Match header names: `"7"` -> 7; required where a request struct has it (428).
struct IfMatch {
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(IfMatch, (), (version))

// Where the members come from that are neither in the path nor a header.
enum class AskSource { query, body };

// One member of a request struct, without its type.
struct AskMember {
    std::string_view name;
    bool is_if_match = false;
    bool is_optional = false;
    bool is_list = false;  // "a,b" in a query, and the parameter may be repeated
    // A parameter is text; this makes of it what JSON would have said. Text that does not fit is
    // left as it is, for json::read to refuse by name.
    boost::json::value (*from_text)(std::string_view text) = nullptr;
    boost::json::value (*schema)(boost::json::object& components) = nullptr;
};

// The request as one JSON object. What is wrong by now (unknown or repeated parameters) is added
// to `wrong`. Throws Failure: malformed, unsupported_type, precondition_required, stale.
boost::json::object gather_ask(const Request& request, const std::vector<AskMember>& members,
    AskSource source, std::vector<FieldError>& wrong);

// Calls `read`, puts what it finds wrong behind `wrong`, and throws when there is anything:
// not_found when it is in the path, for there is nothing at such an address, else invalid.
void finish_ask(
    const Request& request, std::vector<FieldError> wrong, const std::function<void()>& read);

namespace from_text {

boost::json::value boolean(std::string_view text);
boost::json::value whole(std::string_view text);
boost::json::value real(std::string_view text);
boost::json::value tree(std::string_view text);
inline boost::json::value same(std::string_view text) { return boost::json::string(text); }

template <class T>
constexpr bool is_optional = false;
template <class T>
constexpr bool is_optional<std::optional<T>> = true;
template <class T>
constexpr bool is_list = false;
template <class T>
constexpr bool is_list<std::vector<T>> = true;

template <class T>
auto reader()
{
    if constexpr (is_optional<T> || is_list<T>)
        return reader<typename T::value_type>();
    else if constexpr (is_field_type<T>)
        return reader<decltype(T::value)>();
    else if constexpr (std::same_as<T, bool>)
        return &boolean;
    else if constexpr (std::integral<T>)
        return &whole;
    else if constexpr (std::floating_point<T>)
        return &real;
    else if constexpr (
        std::same_as<T,
            json::
                value> || (boost::describe::has_describe_members<T>::value && !is_id<T> && !std::same_as<T, Instant>))
        return &tree;
    else
        return &same;
}

template <class T>
constexpr bool is_list_member = is_list<T>;
template <class T>
constexpr bool is_list_member<std::optional<T>> = is_list<T>;

template <class T>
constexpr bool is_if_match = std::same_as<T, IfMatch> || std::same_as<T, std::optional<IfMatch>>;

}  // namespace from_text

template <class Ask>
const std::vector<AskMember>& ask_members()
{
    static const std::vector<AskMember> members = [] {
        std::vector<AskMember> found;
        using Members = boost::describe::describe_members<Ask,
            boost::describe::mod_public | boost::describe::mod_inherited>;
        boost::mp11::mp_for_each<Members>([&](auto member) {
            using T = std::remove_cvref_t<decltype(std::declval<Ask&>().*member.pointer)>;
            found.push_back({member.name, from_text::is_if_match<T>, from_text::is_optional<T>,
                from_text::is_list_member<T>, from_text::reader<T>(), &json::schema_of<T>});
        });
        return found;
    }();
    return members;
}

template <class Ask>
Ask read_ask(const Request& request, AskSource source)
{
    std::vector<FieldError> wrong;
    const auto gathered = gather_ask(request, ask_members<Ask>(), source, wrong);
    std::optional<Ask> ask;
    finish_ask(request, std::move(wrong), [&] { ask.emplace(json::read<Ask>(gathered)); });
    return std::move(*ask);
}

}  // namespace leadcrm::http
