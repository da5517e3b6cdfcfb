#include "platform_admin/masked.hpp"

namespace leadcrm::platform_admin {
namespace {

// What ends a mail address in running text.
constexpr std::string_view ends = " \t\r\n<>()[]\",;:'";

}  // namespace

std::string masked_address(std::string_view address)
{
    const auto at = address.rfind('@');
    if (at == std::string_view::npos || at == 0) return std::string(address);
    // The first character, however many bytes it has.
    std::size_t first = 1;
    while (first < at && (static_cast<unsigned char>(address[first]) & 0xc0U) == 0x80U) ++first;
    return std::string(address.substr(0, first)) + "\u2026" + std::string(address.substr(at));
}

std::string with_masked_addresses(std::string_view text)
{
    std::string masked;
    while (!text.empty()) {
        const auto begin = text.find_first_not_of(ends);
        masked += text.substr(0, begin);
        if (begin == std::string_view::npos) break;
        const auto end = text.find_first_of(ends, begin);
        masked += masked_address(text.substr(begin, end - begin));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end);
    }
    return masked;
}

}  // namespace leadcrm::platform_admin
