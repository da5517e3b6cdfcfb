#include "leads/folded_text.hpp"

#include <doctest/doctest.h>

namespace leadcrm::leads {
namespace {

using Place = Term::Place;

std::string only_term(std::string_view query)
{
    const auto terms = terms_of(query);
    return terms.size() == 1 ? terms.front().text : std::to_string(terms.size()) + " terms";
}

}  // namespace

TEST_CASE("folding takes case, accents and superfluous space away in every script")
{
    CHECK(fold("  Ana   RUIZ\n") == "ana ruiz");
    CHECK(fold("Żółć Łukasz") == "zolc lukasz");
    CHECK(fold("Straße") == fold("STRASSE"));
    CHECK(fold("Ålesund Ærø") == "alesund aero");
    CHECK(fold("Ελένη ΣΟΦΊΑ") == fold("ελενη σοφια"));
    CHECK(fold("ЁЖИК Їжак") == fold("ежик іжак"));
    CHECK(fold("ＡＢＣ") == "abc");
    CHECK(fold("Ｉşıl") == "isil");
    CHECK(fold("") == "");
    CHECK(fold("a\xFF\xC3 b") == "a b");
}

TEST_CASE("a name key ends between characters")
{
    std::string name;
    for (int i = 0; i < 200; ++i) name += "щ";
    const auto key = name_key_of(name);
    CHECK(key.size() == 300);
    CHECK(storable(key) == key);
}

TEST_CASE("a phone number is one term of digits however it is written")
{
    CHECK(only_term("+49 (170) 123-45.67") == "491701234567");
    CHECK(only_term("0170 1234567") == "1701234567");
    CHECK(only_term("0049/170") == "49170");
    CHECK(only_term("007") == "007");
}

TEST_CASE("words are terms, short ones at the beginning, short numbers at the end")
{
    CHECK(terms_of("Ana Rúiz")
        == std::vector<Term>{{"ana", Place::anywhere}, {"ruiz", Place::anywhere}});
    CHECK(terms_of("an") == std::vector<Term>{{"an", Place::word_start}});
    CHECK(terms_of("67") == std::vector<Term>{{"67", Place::word_end}});
    CHECK(terms_of("王小明").size() == 3);
    CHECK(terms_of("ana ANA aná").size() == 1);
    CHECK(terms_of("   ").empty());
    CHECK(terms_of("a b c d e f g h i j k").size() == 8);
}

TEST_CASE("every term is at least three characters with its spaces")
{
    CHECK(Term{"a", Place::word_start}.padded() == "  a");
    CHECK(Term{"an", Place::word_start}.padded() == " an");
    CHECK(Term{"7", Place::word_end}.padded() == "7  ");
    CHECK(Term{"я", Place::word_start}.padded() == "  я");
}

TEST_CASE("what is searched holds the padded terms of name, e-mail and phone")
{
    const auto text =
        search_text_of("王小明 Ana", "ana@web.example", "+491701234567", "0170 1234567");
    for (const auto* query : {"ana", "a", "an", "小", "小明", "web.example", "0170 123", "67", "7"})
        for (const auto& term : terms_of(query))
            CHECK_MESSAGE(text.find(term.padded()) != std::string::npos, query);
    CHECK(text.find(Term{"na", Place::word_start}.padded()) == std::string::npos);
    CHECK(search_text_of("", std::nullopt, std::nullopt, "call me 12 34") == "  1234  ");
}

TEST_CASE("patterns are literal") { CHECK(like_pattern("50%_\\") == R"(%50\%\_\\%)"); }

TEST_CASE("an ASCII key tells characters apart and keeps their order")
{
    CHECK(ascii_key("ana") == "ana");
    CHECK(ascii_key("иван") == "u0438u0432u0430u043d");
    CHECK(ascii_key("😀") == "u1f600");
}

TEST_CASE("text for storage has neither U+0000 nor broken characters")
{
    CHECK(storable(std::string_view("a\0b", 3)) == "ab");
    CHECK(storable("ok \xF0\x9F\x98\x80 \xED\xA0\x80 \xC0\x80") == "ok 😀  ");
}

}  // namespace leadcrm::leads
