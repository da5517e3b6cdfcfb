// The templates behind json.hpp, for writing and reading: each walks a type once, at compile time,
// and calls the plain functions of json.cpp for what does not depend on it. Describing: schema.hpp.
#pragma once

#include "platform/json/json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <concepts>
#include <map>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace leadcrm::json {

// ---- which kind of type ---------------------------------------------------------------------

template <class T>
constexpr bool is_optional = false;
template <class T>
constexpr bool is_optional<std::optional<T>> = true;
template <class T>
constexpr bool is_vector = false;
template <class T>
constexpr bool is_vector<std::vector<T>> = true;
template <class T>
constexpr bool is_map = false;
template <class T>
constexpr bool is_map<std::map<std::string, T>> = true;

template <class T>
constexpr bool is_enum = boost::describe::has_describe_enumerators<T>::value;
template <class T>
constexpr bool is_struct = boost::describe::has_describe_members<T>::value;

template <class T>
using Members = boost::describe::describe_members<T,
    boost::describe::mod_public | boost::describe::mod_inherited>;

// ---- writing ----------------------------------------------------------------------------------

void append_string(std::string& text, std::string_view what);
void append_number(std::string& text, double number);
void append_tree(std::string& text, const value& tree);

// What comes before a member's value, such as `,"name":`, made at compile time.
template <class Member>
constexpr auto member_text = [] {
    constexpr std::string_view name = Member::name;
    std::array<char, name.size() + 4> text{',', '"'};
    std::copy(name.begin(), name.end(), text.begin() + 2);
    text[name.size() + 2] = '"';
    text[name.size() + 3] = ':';
    return text;
}();

template <class T>
void append_text(std::string& text, const T& what)
{
    if constexpr (is_optional<T>) {
        if (what)
            append_text(text, *what);
        else
            text += "null";
    } else if constexpr (std::same_as<T, bool>) {
        text += what ? "true" : "false";
    } else if constexpr (is_enum<T>) {
        append_string(text, boost::describe::enum_to_string(what, ""));
    } else if constexpr (std::integral<T>) {
        char digits[24];
        const auto end = std::to_chars(digits, digits + sizeof digits, what).ptr;
        text.append(digits, end);
    } else if constexpr (std::floating_point<T>) {
        append_number(text, what);
    } else if constexpr (std::convertible_to<const T&, std::string_view>) {
        append_string(text, what);
    } else if constexpr (std::derived_from<T, Raw>) {
        text += what.text.empty() ? std::string_view("null") : std::string_view(what.text);
    } else if constexpr (std::same_as<T, value>) {
        append_tree(text, what);
    } else if constexpr (is_id<T>) {
        text += '"';
        append_typeid(text, T::prefix, what.uuid);
        text += '"';
    } else if constexpr (std::same_as<T, Instant>) {
        text += '"';
        append_rfc3339(text, what);
        text += '"';
    } else if constexpr (is_vector<T>) {
        text += '[';
        bool first = true;
        for (const auto& item : what) {
            if (!first) text += ',';
            first = false;
            append_text<typename T::value_type>(text, item);
        }
        text += ']';
    } else if constexpr (is_map<T>) {
        text += '{';
        bool first = true;
        for (const auto& [key, item] : what) {
            if (!first) text += ',';
            first = false;
            append_string(text, key);
            text += ':';
            append_text(text, item);
        }
        text += '}';
    } else if constexpr (is_field_type<T>) {
        append_text(text, what.value);
    } else {
        static_assert(is_struct<T>, "describe this type with BOOST_DESCRIBE_STRUCT");
        text += '{';
        bool first = true;
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            constexpr auto& name = member_text<decltype(member)>;
            text.append(name.data() + first, name.size() - first);
            first = false;
            append_text(text, what.*member.pointer);
        });
        text += '}';
    }
}

template <class T>
std::string text_of(const T& what)
{
    // About as long as the last one of its kind: a list is not copied again and again as it grows.
    thread_local std::size_t usual_size = 0;
    std::string text;
    text.reserve(usual_size);
    append_text(text, what);
    usual_size = text.size();
    return text;
}

// ---- reading a request --------------------------------------------------------------------------

using Errors = std::vector<FieldError>;

void add_error(Errors& errors, const std::string& field, std::string code, std::string message);
void add_type_error(Errors& errors, const std::string& field, std::string_view expected);
void add_enum_error(
    Errors& errors, const std::string& field, const std::vector<std::string_view>& enumerators);
// Names every member of `tree` that is not one of `known`.
void refuse_unknown(Errors& errors, const object& tree, const std::string& prefix,
    const std::vector<std::string_view>& known);

template <class E>
std::vector<std::string_view> enumerator_names()
{
    std::vector<std::string_view> names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&](auto enumerator) { names.emplace_back(enumerator.name); });
    return names;
}

template <class T>
void read_into(T& out, const value& tree, const std::string& field, Errors& errors);

template <class T>
void read_members(T& out, const object& tree, const std::string& field, Errors& errors)
{
    const std::string prefix = field.empty() ? "" : field + ".";
    std::vector<std::string_view> known;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        known.emplace_back(member.name);
        auto& slot = out.*member.pointer;
        using Slot = std::remove_reference_t<decltype(slot)>;
        if (const auto* found = tree.if_contains(member.name))
            read_into(slot, *found, prefix + member.name, errors);
        else if constexpr (!is_optional<Slot>)
            add_error(errors, prefix + member.name, "required", "Please fill this in.");
    });
    refuse_unknown(errors, tree, prefix, known);
}

// One value of a field type: its own kind first, then its own rule.
template <class T>
void read_field_type(T& out, const value& tree, const std::string& field, Errors& errors)
{
    decltype(T::value) raw{};
    const auto before = errors.size();
    read_into(raw, tree, field, errors);
    if (errors.size() != before) return;
    try {
        out = T::check(std::move(raw));
    } catch (const BadField& bad) {
        add_error(errors, field, bad.code, bad.what());
    }
}

template <class T>
void read_into(T& out, const value& tree, const std::string& field, Errors& errors)
{
    if constexpr (is_optional<T>) {
        if (tree.is_null()) return;
        read_into(out.emplace(), tree, field, errors);
    } else if constexpr (std::same_as<T, bool>) {
        if (tree.is_bool())
            out = tree.get_bool();
        else
            add_type_error(errors, field, "true or false");
    } else if constexpr (is_enum<T>) {
        const auto* text = tree.if_string();
        if (!text || !boost::describe::enum_from_string(text->c_str(), out))
            add_enum_error(errors, field, enumerator_names<T>());
    } else if constexpr (std::integral<T>) {
        boost::system::error_code wrong;
        const auto number = tree.to_number<T>(wrong);
        if (wrong)
            add_type_error(errors, field, "a whole number");
        else
            out = number;
    } else if constexpr (std::floating_point<T>) {
        boost::system::error_code wrong;
        const auto number = tree.to_number<T>(wrong);
        if (wrong)
            add_type_error(errors, field, "a number");
        else
            out = number;
    } else if constexpr (std::same_as<T, std::string>) {
        if (const auto* text = tree.if_string())
            out.assign(text->data(), text->size());
        else
            add_type_error(errors, field, "text");
    } else if constexpr (std::same_as<T, Raw>) {
        out.text = print(tree);
    } else if constexpr (std::same_as<T, value>) {
        out = tree;
    } else if constexpr (is_id<T>) {
        const auto* text = tree.if_string();
        const auto id = text ? T::parse({text->data(), text->size()}) : std::nullopt;
        if (id)
            out = *id;
        else
            add_error(errors, field, "id",
                "This is not an id of the right kind; it begins with " + std::string(T::prefix)
                    + "_.");
    } else if constexpr (std::same_as<T, Instant>) {
        const auto* text = tree.if_string();
        const auto time = text ? parse_time({text->data(), text->size()}) : std::nullopt;
        if (time)
            out = *time;
        else
            add_error(errors, field, "time", "Please give a time such as 2026-11-23T08:15:00Z.");
    } else if constexpr (is_vector<T>) {
        const auto* items = tree.if_array();
        if (!items) return add_type_error(errors, field, "a list");
        out.clear();
        for (std::size_t i = 0; i < items->size(); ++i)
            read_into(
                out.emplace_back(), (*items)[i], field + "[" + std::to_string(i) + "]", errors);
    } else if constexpr (is_map<T>) {
        const auto* members = tree.if_object();
        if (!members) return add_type_error(errors, field, "an object");
        for (const auto& [key, item] : *members)
            read_into(out[std::string(key)], item, field + "." + std::string(key), errors);
    } else if constexpr (is_field_type<T>) {
        read_field_type(out, tree, field, errors);
    } else {
        static_assert(is_struct<T>, "describe this type with BOOST_DESCRIBE_STRUCT");
        if (const auto* members = tree.if_object())
            read_members(out, *members, field, errors);
        else
            add_type_error(errors, field, "an object");
    }
}

template <class T>
T read(const value& tree, const std::string& prefix)
{
    T out{};
    Errors errors;
    read_into(out, tree, prefix, errors);
    if (!errors.empty()) throw Failure::invalid(std::move(errors));
    return out;
}

// ---- reading what this program wrote
// --------------------------------------------------------------

[[noreturn]] void refuse_stored(std::string_view why);
// Into `storage`, which must outlive it.
value parse_stored(std::string_view text, const boost::json::storage_ptr& storage);

template <class E>
E enum_from_text(std::string_view text)
{
    E out{};
    if (!boost::describe::enum_from_string(std::string(text).c_str(), out))
        refuse_stored("unknown word in stored data: " + std::string(text));
    return out;
}

template <class T>
T from_tree(const value& tree)
{
    if constexpr (is_vector<T>) {
        T out;
        if (!tree.is_array()) refuse_stored("a stored list is none");
        for (const auto& item : tree.get_array())
            out.push_back(from_tree<typename T::value_type>(item));
        return out;
    } else if constexpr (is_optional<T>) {
        if (tree.is_null()) return std::nullopt;
        return from_tree<typename T::value_type>(tree);
    } else if constexpr (is_field_type<T>) {
        return {from_tree<decltype(T::value)>(tree)};
    } else if constexpr (is_struct<T>) {
        T out{};
        const auto* members = tree.if_object();
        if (!members) refuse_stored("a stored object is none");
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            auto& slot = out.*member.pointer;
            if (const auto* found = members->if_contains(member.name))
                slot = from_tree<std::remove_reference_t<decltype(slot)>>(*found);
        });
        return out;
    } else {
        T out{};
        Errors errors;
        read_into(out, tree, "", errors);
        if (!errors.empty()) refuse_stored("stored data: " + errors.front().message);
        return out;
    }
}

template <class T>
T from_text(std::string_view text)
{
    // The tree is thrown away at once: without a place of its own it is an allocation for each
    // value.
    std::array<unsigned char, 4096> memory;
    boost::json::monotonic_resource in_memory(memory.data(), memory.size());
    return from_tree<T>(parse_stored(text, &in_memory));
}

}  // namespace leadcrm::json
