#include "platform/log/log.hpp"

#include <doctest/doctest.h>

namespace leadcrm::log {

TEST_CASE("personal data is masked so that nobody can be written to")
{
    CHECK(masked("ana.ruiz@example.com") == "a…@…");
    CHECK(masked("@example.com") == "…@…");
    CHECK(masked("+491701234567") == "+49…67");
    CHECK(masked("Ana") == "…");
    CHECK(masked("") == "…");
}

}  // namespace leadcrm::log
