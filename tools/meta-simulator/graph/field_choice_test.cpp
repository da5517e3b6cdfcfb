#include "meta-simulator/graph/field_choice.hpp"
#include "meta-simulator/graph/graph_error.hpp"

#include <doctest/doctest.h>

using namespace leadcrm::simulator;

TEST_CASE("a field list holds names, arguments and nested lists")
{
    const auto fields =
        parse_fields("id, questions{key,options{value}},leads.limit(5).after(x){id}");

    REQUIRE(fields.size() == 3);
    CHECK(fields[0].name == "id");
    REQUIRE(fields[1].fields.size() == 2);
    CHECK(fields[1].fields[1].fields.front().name == "value");
    CHECK(fields[2].arguments.at("limit") == "5");
    CHECK(fields[2].arguments.at("after") == "x");
    CHECK(parse_fields("").empty());
}

TEST_CASE("a field list that breaks off is error 2500")
{
    for (const auto* text : {"id,", "questions{key", "leads.limit(5", "id}", ",id", "a{}", "{"}) {
        CAPTURE(text);
        try {
            parse_fields(text);
            FAIL("it was taken");
        } catch (const GraphError& error) {
            CHECK(error.code == 2500);
        }
    }
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "a{";
    CHECK_THROWS_AS(parse_fields(deep), GraphError);
}
