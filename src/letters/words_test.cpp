// That every language says what English says, and that what is filled in stays what it is.
#include "letters/word_files.hpp"
#include "letters/words.hpp"
#include "platform/failure.hpp"
#include "platform/json/json.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <doctest/doctest.h>

#include <map>
#include <regex>
#include <set>

namespace leadcrm::letters {
namespace {

using Marks = std::map<std::string, std::set<std::string>>;  // "{name}", by key

void collect(Marks& marks, const std::string& key, const json::value& tree)
{
    if (const auto* object = tree.if_object()) {
        for (const auto& [name, member] : *object)
            collect(marks, key.empty() ? std::string(name) : key + "." + std::string(name), member);
        return;
    }
    // A letter may have more or fewer paragraphs in another language.
    const auto text =
        tree.is_string() ? std::string(tree.as_string()) : boost::json::serialize(tree);
    CHECK_FALSE(text.empty());
    static const std::regex mark("\\{\\w*\\}");
    auto& found = marks[key];
    for (std::sregex_iterator at(text.begin(), text.end(), mark), end; at != end; ++at)
        found.insert(at->str());
}

std::map<std::string, Marks> marks_by_language()
{
    std::map<std::string, Marks> all;
    for (const auto& file : word_files())
        collect(all[std::string(file.language)], "", boost::json::parse(file.text));
    return all;
}

const auto new_years_eve = parse_time("2026-12-31T23:30:00Z").value();

}  // namespace

TEST_CASE("every language has the texts of English, and fills in the same")
{
    const auto all = marks_by_language();
    std::set<std::string> languages;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Language>>(
        [&](auto each) { languages.insert(each.name); });
    std::set<std::string> files;
    for (const auto& each : all) {
        const auto& marks = each.second;
        files.insert(each.first);
        CAPTURE(each.first);
        for (const auto& text : all.at("en")) {
            CAPTURE(text.first);
            REQUIRE(marks.contains(text.first));
            CHECK(marks.at(text.first) == text.second);
        }
        for (const auto& text : marks) {
            CAPTURE(text.first);
            CHECK(all.at("en").contains(text.first));
        }
    }
    CHECK(files == languages);
}

TEST_CASE("a time is the reader's, and says on which clock")
{
    CHECK(Words().time(new_years_eve) == "31 December 2026 at 23:30 (UTC)");
    CHECK(Words({Language::de, "Europe/Berlin"}).time(new_years_eve)
        == "1. Januar 2027 um 00:30 Uhr (Europe/Berlin)");
    CHECK(Words({Language::en, "Asia/Kolkata"}).time(new_years_eve)
        == "1 January 2027 at 05:00 (Asia/Kolkata)");
    CHECK(Words({Language::de, "America/New_York"}).day(new_years_eve) == "31. Dezember 2026");
    CHECK(Words({Language::en, "Middle/Earth"}).time(new_years_eve)
        == "31 December 2026 at 23:30 (UTC)");
}

TEST_CASE("a number has its plural form and its groups")
{
    const Words german({Language::de, "UTC"});
    CHECK(german.counted("rows.leads", 1) == "1 Lead");
    CHECK(german.counted("rows.leads", 0) == "0 Leads");
    CHECK(german.counted("rows.leads", 1'234'567) == "1.234.567 Leads");
    CHECK(Words().counted("rows.leads", 1) == "1 lead");
    CHECK(Words().counted("rows.leads", 1204) == "1,204 leads");
    CHECK(Words().counted("rows.leads", 999) == "999 leads");
}

TEST_CASE("what is filled in is no text of ours, and one line")
{
    const auto letter = Words().letter("invitation",
        {{"inviter", "{organization} {x} {}"}, {"organization", "Acme\r\nBcc: all@e.com\n\nHi"}},
        "https://crm.example.com/app/invitation#a");
    CHECK(letter.subject == "{organization} {x} {} invites you to Acme  Bcc: all@e.com  Hi");
    CHECK(letter.before.at(1)
        == "{organization} {x} {} invites you to work in Acme  Bcc: all@e.com  Hi at Lead CRM.");
}

TEST_CASE("a text that is not there, or is not filled in, is a fault of ours")
{
    CHECK_THROWS_AS(Words().text("invitation.nothing"), Failure);
    CHECK_THROWS_AS(Words().text("invitation"), Failure);
    CHECK_THROWS_AS(Words().text("invitation.subject", {{"inviter", "Ana"}}), Failure);
    CHECK_FALSE(Words().has("trouble.what.something new"));
    CHECK(Words().has("trouble.what.reconnect"));
}

TEST_CASE("a browser's first language that there is counts")
{
    CHECK(preferred_language("de-AT,de;q=0.9,en;q=0.8") == Language::de);
    CHECK(preferred_language("fr-CH, de;q=0.5") == Language::de);
    CHECK(preferred_language("en") == Language::en);
    for (const auto* none : {"", "fr,it;q=0.5", "*", ",,", "deutsch", "DE"})
        CHECK_FALSE(preferred_language(none));
}

}  // namespace leadcrm::letters
