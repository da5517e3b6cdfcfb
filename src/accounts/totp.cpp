#include "accounts/totp.hpp"

#include "platform/failure.hpp"

#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

#include <liboath/oath.h>

#include <array>
#include <cstdlib>
#include <ctime>
#include <memory>

namespace leadcrm::accounts::totp {
namespace {

constexpr unsigned digits = 6;

void begin()
{
    static const bool ready = oath_init() == OATH_OK;
    if (!ready) throw Failure::internal("liboath cannot start");
}

}  // namespace

std::string code_at(std::string_view secret, std::int64_t step)
{
    begin();
    std::array<char, digits + 1> code{};
    if (oath_totp_generate(secret.data(), secret.size(), std::time_t(step * step_s), step_s, 0,
            digits, code.data())
        != OATH_OK)
        throw Failure::internal("liboath makes no code");
    return code.data();
}

std::string base32(std::string_view secret)
{
    begin();
    char* text = nullptr;
    std::size_t length = 0;
    if (oath_base32_encode(secret.data(), secret.size(), &text, &length) != OATH_OK)
        throw Failure::internal("liboath makes no base32");
    const std::unique_ptr<char, decltype(&std::free)> owned(text, &std::free);
    std::string encoded(text, length);
    while (encoded.ends_with('=')) encoded.pop_back();
    return encoded;
}

std::string uri(std::string_view secret, std::string_view account)
{
    return "otpauth://totp/Lead%20CRM:"
        + boost::urls::encode(account, boost::urls::unreserved_chars) + "?secret=" + base32(secret)
        + "&issuer=Lead%20CRM";
}

}  // namespace leadcrm::accounts::totp
