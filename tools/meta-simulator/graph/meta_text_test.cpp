#include "meta-simulator/graph/meta_text.hpp"

#include <doctest/doctest.h>

using namespace leadcrm;
using namespace leadcrm::simulator;

TEST_CASE("Meta's JSON is ASCII, with escapes in lower-case hex and surrogate pairs")
{
    const json::object tree{{"note", "café محمد 😀 a/b"}};
    CHECK(meta_json(tree) == R"({"note":"caf\u00e9 \u0645\u062d\u0645\u062f \ud83d\ude00 a\/b"})");
    CHECK(meta_json(tree, false)
        == R"({"note":"caf\u00e9 \u0645\u062d\u0645\u062f \ud83d\ude00 a/b"})");
}

TEST_CASE("Meta's JSON escapes quotes, backslashes and control characters")
{
    CHECK(meta_json(json::array{"\"\\\n\r\t\x01"}) == R"(["\"\\\n\r\t\u0001"])");
    CHECK(meta_json(json::array{1, true, nullptr, json::array{}, json::object{}})
        == "[1,true,null,[],{}]");
}

TEST_CASE("Meta's times have an offset without a colon")
{
    CHECK(meta_time(Instant::from_unix_seconds(1765000001)) == "2025-12-06T05:46:41+0000");
}

TEST_CASE("what goes into a query is percent-encoded")
{
    CHECK(percent_encoded("a b/c?ü~") == "a%20b%2Fc%3F%C3%BC~");
}
