// Parameters as text, for addresses and bodies that are sent. The way back is http::parse_form.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leadcrm::net {

using Parameters = std::vector<std::pair<std::string, std::string>>;

std::string percent_encoded(std::string_view text);
std::string form_text(const Parameters& parameters);  // "a=1&b=x%20y"

}  // namespace leadcrm::net
