// What a command lists: aligned columns for people, or JSON for programs.
#pragma once

#include "platform/json/json.hpp"

#include <boost/mp11.hpp>

#include <cstdio>
#include <string>
#include <vector>

namespace leadcrm::app {

// Times in UTC, to the second; nothing is "-".
std::string cell_of(const json::value& value);

// Columns as wide as they need; numbers are set to the right.
std::string table_of(const std::vector<std::string>& names, const std::vector<json::array>& rows);

// The members of a described struct are the columns.
template <class T>
void print_list(const std::vector<T>& lines, bool as_json)
{
    if (as_json) return void(std::puts(json::text_of(lines).c_str()));
    std::vector<std::string> names;
    boost::mp11::mp_for_each<json::Members<T>>([&](auto member) { names.push_back(member.name); });
    if (lines.empty()) return void(std::puts("none"));
    std::vector<json::array> rows;
    for (const auto& line : lines) {
        const auto tree = json::parse(json::text_of(line));
        json::array row;
        for (const auto& name : names) row.push_back(tree.as_object().at(name));
        rows.push_back(std::move(row));
    }
    std::fputs(table_of(names, rows).c_str(), stdout);
}

}  // namespace leadcrm::app
