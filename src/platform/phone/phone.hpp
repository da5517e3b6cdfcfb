// Phone numbers by libphonenumber: the only place that includes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace leadcrm::phone {

// "0170 1234567" in "DE" -> "+491701234567". Nothing when it is no possible number there.
// `country` is ISO 3166-1 alpha-2 and only used when the text has no country code.
std::optional<std::string> to_e164(std::string_view text, std::string_view country);

// "+491701234567" -> "+49". Nothing when it is no number with a country code.
std::optional<std::string> calling_code(std::string_view e164);

}  // namespace leadcrm::phone
