// Text inside HTML.
#pragma once

#include <string>
#include <string_view>

namespace leadcrm {

// Also fit for the value of an attribute in double quotes.
std::string escaped_for_html(std::string_view text);

}  // namespace leadcrm
