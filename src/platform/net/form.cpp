#include "platform/net/form.hpp"

#include <fmt/format.h>

#include <cctype>
#include <iterator>

namespace leadcrm::net {

std::string percent_encoded(std::string_view text)
{
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) || c == '-' || c == '_' || c == '.' || c == '~')
            encoded += c;
        else
            fmt::format_to(std::back_inserter(encoded), "%{:02X}", byte);
    }
    return encoded;
}

std::string form_text(const Parameters& parameters)
{
    std::string form;
    for (const auto& [name, value] : parameters) {
        if (!form.empty()) form += '&';
        form += percent_encoded(name) + '=' + percent_encoded(value);
    }
    return form;
}

}  // namespace leadcrm::net
