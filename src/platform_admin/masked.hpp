// Mail addresses as the operator sees them: enough to tell one from another, not enough to write
// to.
#pragma once

#include <string>
#include <string_view>

namespace leadcrm::platform_admin {

// "a…@acme.example" of "ana@acme.example".
std::string masked_address(std::string_view address);

// The same for every address in a text.
std::string with_masked_addresses(std::string_view text);

}  // namespace leadcrm::platform_admin
