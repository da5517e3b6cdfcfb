#include "platform/json/json.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

namespace leadcrm::json {
namespace {

// 0: as it is; 'u': \u00xx; else the letter after the backslash.
constexpr auto escapes = [] {
    std::array<char, 256> table{};
    for (std::size_t c = 0; c < 0x20; ++c) table[c] = 'u';
    table['"'] = '"';
    table['\\'] = '\\';
    table['\n'] = 'n';
    table['\r'] = 'r';
    table['\t'] = 't';
    return table;
}();

value parse_with_limits(std::string_view text, boost::system::error_code& wrong,
    const boost::json::storage_ptr& storage = {})
{
    boost::json::parse_options options;
    options.max_depth = 32;
    return boost::json::parse({text.data(), text.size()}, wrong, storage, options);
}

}  // namespace

value parse(std::string_view text)
{
    boost::system::error_code wrong;
    auto tree = parse_with_limits(text, wrong);
    if (wrong) throw Failure::malformed("This is not JSON in UTF-8: " + wrong.message() + ".");
    return tree;
}

value parse_stored(std::string_view text, const boost::json::storage_ptr& storage)
{
    boost::system::error_code wrong;
    auto tree = parse_with_limits(text, wrong, storage);
    if (wrong) refuse_stored("stored JSON cannot be read: " + wrong.message());
    return tree;
}

std::string print(const value& tree) { return boost::json::serialize(tree); }

void append_string(std::string& text, std::string_view what)
{
    text += '"';
    std::size_t plain = 0;
    for (std::size_t i = 0; i < what.size(); ++i) {
        const char escape = escapes[static_cast<unsigned char>(what[i])];
        if (escape == 0) continue;
        text.append(what, plain, i - plain);
        plain = i + 1;
        if (escape == 'u') {
            constexpr std::string_view digits = "0123456789abcdef";
            text += "\\u00";
            text += digits[static_cast<unsigned char>(what[i]) >> 4];
            text += digits[what[i] & 15];
        } else {
            text += '\\';
            text += escape;
        }
    }
    text.append(what, plain, what.size() - plain);
    text += '"';
}

void append_number(std::string& text, double number)
{
    if (!std::isfinite(number)) {  // JSON has no such numbers
        text += "null";
        return;
    }
    char digits[40];
    text.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

void append_tree(std::string& text, const value& tree) { text += print(tree); }

void add_error(Errors& errors, const std::string& field, std::string code, std::string message)
{
    errors.push_back({field, std::move(code), std::move(message)});
}

void add_type_error(Errors& errors, const std::string& field, std::string_view expected)
{
    add_error(errors, field, "type", "This has to be " + std::string(expected) + ".");
}

void add_enum_error(
    Errors& errors, const std::string& field, const std::vector<std::string_view>& enumerators)
{
    std::string choices;
    for (const auto name : enumerators) {
        if (!choices.empty()) choices += ", ";
        choices += name;
    }
    add_error(errors, field, "choice", "Please choose one of: " + choices + ".");
}

void refuse_unknown(Errors& errors, const object& tree, const std::string& prefix,
    const std::vector<std::string_view>& known)
{
    for (const auto& member : tree) {
        const std::string_view name(member.key().data(), member.key().size());
        if (std::find(known.begin(), known.end(), name) == known.end())
            add_error(errors, prefix + std::string(name), "unknown",
                "There is no such field here. Please check its spelling.");
    }
}

void refuse_stored(std::string_view why) { throw Failure::internal(std::string(why)); }

object string_schema(std::string_view format) { return {{"type", "string"}, {"format", format}}; }

// OpenAPI 3.1: a type list where there is one type, else a choice.
value nullable(value schema)
{
    auto& members = schema.as_object();
    if (auto* type = members.if_contains("type"); type && type->is_string()) {
        *type = array{*type, "null"};
        if (auto* choices = members.if_contains("enum")) choices->as_array().emplace_back(nullptr);
        return schema;
    }
    if (members.empty()) return schema;
    return object{{"anyOf", {std::move(schema), {{"type", "null"}}}}};
}

std::string component_name(std::string_view pretty_function)
{
    // g++ and clang write "… [with T = leadcrm::http::Page<leadcrm::leads::Lead>; …]" and "[T =
    // …]".
    auto begin = pretty_function.find("T = ");
    if (begin == std::string_view::npos) return "Unknown";
    auto type = pretty_function.substr(begin + 4);
    if (const auto end = type.find_first_of(";]"); end != std::string_view::npos)
        type = type.substr(0, end);

    std::string inner;
    if (const auto open = type.find('<'); open != std::string_view::npos) {
        inner =
            component_name("T = " + std::string(type.substr(open + 1, type.rfind('>') - open - 1)));
        type = type.substr(0, open);
    }
    if (const auto colons = type.rfind("::"); colons != std::string_view::npos)
        type = type.substr(colons + 2);
    return inner + std::string(type);
}

void refuse_twin(const std::string& name)
{
    throw std::logic_error("the API description has two different structs called " + name);
}

}  // namespace leadcrm::json
