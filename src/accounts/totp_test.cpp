#include "accounts/totp.hpp"

#include <doctest/doctest.h>

namespace leadcrm::accounts {

// RFC 6238, appendix B, as six digits.
TEST_CASE("codes are those of RFC 6238")
{
    const std::string secret = "12345678901234567890";
    const std::pair<std::int64_t, const char*> cases[] = {{59, "287082"}, {1111111109, "081804"},
        {1111111111, "050471"}, {1234567890, "005924"}, {2000000000, "279037"},
        {20000000000, "353130"}};
    for (const auto& [seconds, code] : cases)
        CHECK(totp::code_at(secret, totp::step_at(Instant::from_unix_seconds(seconds))) == code);
}

TEST_CASE("a secret can be typed, and scanned with the account it is for")
{
    CHECK(totp::base32("12345678901234567890") == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    CHECK(totp::uri("12345", "ana+crm@acme.example")
        == "otpauth://totp/Lead%20CRM:ana%2Bcrm%40acme.example?secret=GEZDGNBV"
           "&issuer=Lead%20CRM");
}

}  // namespace leadcrm::accounts
