// One line of text, such as a name: it stands in subjects, lists and tables, where a line break
// would look like the next entry. Breaks that were pasted along are spaces.
#pragma once

#include "platform/fields.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace leadcrm {

template <std::size_t Min, std::size_t Max>
struct Line {
    std::string value;

    static Line check(std::string text)
    {
        std::ranges::replace_if(
            text, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
        return {fields::check_text(std::move(text), Min, Max)};
    }
    static boost::json::object schema() { return Text<Min, Max>::schema(); }
    bool operator==(const Line&) const = default;
};

}  // namespace leadcrm
