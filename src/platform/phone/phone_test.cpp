#include "platform/phone/phone.hpp"

#include <doctest/doctest.h>

namespace leadcrm::phone {

TEST_CASE("numbers are read as people of the country type them")
{
    CHECK(to_e164("0170 1234567", "DE") == "+491701234567");
    CHECK(to_e164("600 000 000", "ES") == "+34600000000");
    CHECK(to_e164("(415) 555-2671", "US") == "+14155552671");
    CHECK(to_e164("0900111222", "VN") == "+84900111222");
}

TEST_CASE("a country code in the number wins over the country")
{
    CHECK(to_e164("+49 170 1234567", "ES") == "+491701234567");
    CHECK(to_e164("0044 7700 900318", "DE") == "+447700900318");
    CHECK(to_e164("+447700900318", "") == "+447700900318");
}

TEST_CASE("digits of other scripts are digits")
{
    CHECK(to_e164("٠٥٠ ١٢٣ ٤٥٦٧", "SA") == "+966501234567");
}

TEST_CASE("a number tells the code of its country")
{
    CHECK(calling_code("+4917012345") == "+49");
    CHECK(calling_code("+12025550143") == "+1");
    CHECK(calling_code("+351912345678") == "+351");
    CHECK_FALSE(calling_code("0170 1234567"));
    CHECK_FALSE(calling_code(""));
}

TEST_CASE("what can be no number is none")
{
    CHECK_FALSE(to_e164("", "DE"));
    CHECK_FALSE(to_e164("call me", "DE"));
    CHECK_FALSE(to_e164("12", "DE"));
    CHECK_FALSE(to_e164("0170 1234567", ""));
    CHECK_FALSE(to_e164("<test lead: dummy data for phone_number>", "DE"));
    CHECK_FALSE(to_e164(std::string(5'000, '1'), "DE"));
}

}  // namespace leadcrm::phone
