#include "app/printed_table.hpp"

#include <doctest/doctest.h>

namespace leadcrm::app {

TEST_CASE("columns are as wide as their widest text, and numbers stand to the right")
{
    CHECK(table_of({"name", "leads", "at"},
              {{"Köln", 7, "2026-11-26T19:38:03.599770Z"}, {"Bo", 1234, nullptr}})
        == "name  leads  at\n"
           "Köln      7  2026-11-26T19:38:03Z\n"
           "Bo     1234  -\n");
    CHECK(cell_of(2.0) == "2.00");
    CHECK(cell_of("Acme\r\nGlobex  active") == "Acme  Globex  active");
}

}  // namespace leadcrm::app
