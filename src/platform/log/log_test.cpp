#include "platform/json/json.hpp"
#include "platform/log/log.hpp"

#include <doctest/doctest.h>

namespace leadcrm::log {

TEST_CASE("a line is text for people or JSON for programs")
{
    const Fields fields{{"page_id", "123"}, {"why", "it said \"no\""}, {"empty", ""}};
    const auto text = line_of(Format::text, Level::warn, "page lost", fields);
    CHECK(text.ends_with("Z warn page lost page_id=123 why=\"it said \\\"no\\\"\" empty=\"\""));
    CHECK(parse_time(text.substr(0, text.find(' '))));

    const auto line = json::parse(line_of(Format::json, Level::warn, "page lost", fields));
    CHECK(line.at("level") == "warn");
    CHECK(line.at("what") == "page lost");
    CHECK(line.at("page_id") == "123");
    CHECK(line.at("why") == "it said \"no\"");
    CHECK(parse_time(line.at("at").as_string().c_str()));
}

TEST_CASE("what a stranger sent stays one line, valid UTF-8 and short")
{
    const std::string nasty = "a\n2026-01-01 error forged \x1b[2J \xff";
    const auto text = line_of(Format::text, Level::info, "request", {{"path", nasty}});
    CHECK(text.find('\n') == std::string::npos);
    CHECK(text.find('\x1b') == std::string::npos);
    const auto line = json::parse(line_of(Format::json, Level::info, "request", {{"path", nasty}}));
    CHECK(line.at("path") == "a\n2026-01-01 error forged \x1b[2J ?");
    CHECK(line_of(Format::json, Level::info, "request", {{"path", std::string(1'000'000, 'x')}})
              .size()
        < 3'000);
}

TEST_CASE("personal data is masked so that nobody can be written to")
{
    CHECK(masked("ana.ruiz@example.com") == "a…@…");
    CHECK(masked("@example.com") == "…@…");
    CHECK(masked("+491701234567") == "+49…67");
    CHECK(masked("Ana") == "…");
    CHECK(masked("") == "…");
}

}  // namespace leadcrm::log
