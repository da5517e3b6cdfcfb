// The place in a list to go on from, as an opaque text. It belongs to one order and one question: a
// cursor of another list is refused instead of answered with the wrong leads.
#pragma once

#include "leads/lead_filter.hpp"
#include "platform/fields.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace leadcrm::leads {

// "submitted_at", "-submitted_at" (newest first), and so on.
struct Sort {
    std::string value = "-submitted_at";

    static Sort check(std::string text);
    static boost::json::object schema();

    std::string_view field() const;  // submitted_at, received_at, updated_at or name
    bool is_descending() const { return value.front() == '-'; }
    bool is_by_name() const { return field() == "name"; }
};

// The last lead that was shown: what it is sorted by, and its number among equals.
struct Place {
    std::variant<std::int64_t, std::string> key;
    std::int64_t number = 0;
    bool operator==(const Place&) const = default;
};

std::string cursor_text(const Place& place, const Sort& sort, const LeadQuestion& ask);

// Throws Failure::invalid for "cursor" when the text is no cursor of this list.
Place read_cursor(std::string_view text, const Sort& sort, const LeadQuestion& ask);

}  // namespace leadcrm::leads
