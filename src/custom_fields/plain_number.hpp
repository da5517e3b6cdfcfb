// Numbers as people write them: "1.200", "1,200.50 €", "2 500".
#pragma once

#include "platform/json/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace leadcrm::custom_fields {

// A whole number where it is one. A single point or comma before exactly three digits groups
// thousands. Nothing for ranges, words and whatever else is not one number.
std::optional<json::value> number_in(std::string_view text);

// An amount in the currency's smallest unit.
std::optional<std::int64_t> minor_units_in(std::string_view text, std::string_view currency);

}  // namespace leadcrm::custom_fields
