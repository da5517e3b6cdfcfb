// How Meta writes things: JSON with every non-ASCII character escaped, times without a colon in the
// offset, queries.
#pragma once

#include "platform/json/json.hpp"
#include "platform/time/instant.hpp"

#include <string>
#include <string_view>

namespace leadcrm::simulator {

// Compact, non-ASCII as \uXXXX in lower-case hex (surrogate pairs beyond the first plane), and "/"
// as "\/" when asked.
std::string meta_json(const json::value& tree, bool escape_slashes = true);

std::string meta_time(Instant at);  // "2025-12-06T05:46:41+0000"

std::string percent_encoded(std::string_view text);

}  // namespace leadcrm::simulator
