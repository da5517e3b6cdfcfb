// Every letter there is, in every language, with names that want to be more than names.
#include "accounts/letters.hpp"
#include "deletion/certificate.hpp"
#include "letters/word_files.hpp"
#include "letters/words.hpp"
#include "meta/doctor_rules.hpp"
#include "meta/graph_client.hpp"
#include "meta/trouble.hpp"
#include "platform/json/json.hpp"
#include "platform/mail/smtp.hpp"

#include <boost/json/parse.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

namespace leadcrm::letters {
namespace {

const std::string nasty = "<b>Ana</b> {x} & \"co\"\r\nBcc: all@example.com";
const std::string link = "https://crm.example.com/app/x#token";
const auto at = parse_time("2026-11-26T21:40:00Z").value();

const std::vector<std::string> doctors_codes = [] {
    std::vector<std::string> codes;
    for (const auto& check : meta::examine({}, at))
        // These do not stop leads.
        if (check.code != "round_trip" && check.code != "rhythm" && check.code != "signatures")
            codes.push_back(check.code);
    return codes;
}();

std::vector<mail::Letter> account_letters(const Reader& to)
{
    using namespace accounts;
    std::vector<mail::Letter> all{confirmation_letter(to, nasty, link),
        new_address_letter(to, nasty, link), reset_letter(to, nasty, link),
        invitation_letter(to, nasty, nasty, link)};
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Notice>>([&](auto each) {
        all.push_back(
            notice_letter(to, each.value, nasty, {at, "192.0.2.7", {"Firefox", "Windows"}}, link));
    });
    for (const bool yes : {true, false}) {
        all.push_back(ownership_letter(to, {nasty, nasty, nasty, yes, link}));
        all.push_back(support_answer_letter(to, {nasty, nasty, yes, link}));
    }
    all.push_back(support_letter(to, {nasty, nasty, nasty, nasty, at, link}));
    all.push_back(support_request_letter(to, {nasty, nasty, nasty, nasty, at, link}));
    return all;
}

mail::Letter retention_letter(const Reader& to)
{
    const Words say(to);
    auto letter = say.letter("retention", {{"name", nasty}}, link);
    letter.before.push_back(say.text("retention.rule",
        {{"form", say.text("retention.all_forms")}, {"months", say.counted("retention.months", 12)},
            {"day", say.day(at)}, {"leads", say.counted("rows.leads", 1204)}}));
    return letter;
}

std::vector<mail::Letter> letters_to(const Reader& to)
{
    auto all = account_letters(to);
    std::vector<meta::Trouble> troubles;
    for (const auto& code : doctors_codes)
        troubles.push_back({"1", nasty, code, "An English sentence.", at});
    all.push_back(meta::trouble_letter(to, nasty, troubles, "https://crm.example.com"));
    all.push_back(retention_letter(to));
    const Words say(to);
    all.push_back(say.letter(
        "restored", {{"name", nasty}, {"organization", nasty}, {"time", say.time(at)}}, link));
    all.push_back(say.letter("announcement", {{"name", nasty}, {"subject", nasty}}, link));
    all.push_back(deletion::certificate(to,
        {.code = "0123456789abcdef01234567", .ordered_at = at, .counts = {{"leads", 1204}}},
        "https://crm.example.com"));
    return all;
}

std::size_t letters_in(const json::value& tree)
{
    const auto* object = tree.if_object();
    if (!object) return 0;
    if (object->contains("button")) return 1;
    std::size_t count = 0;
    for (const auto& [name, member] : *object) count += letters_in(member);
    return count;
}

bool holds(const std::string& text, const std::string& what)
{
    return text.find(what) != std::string::npos;
}

// To look at them: LETTERS_TO=/tmp/letters leadcrm-tests -tc='*every letter*'
void keep(const mail::Mail& mail, const std::string& name)
{
    const char* folder = std::getenv("LETTERS_TO");
    if (!folder) return;
    std::filesystem::create_directories(folder);
    std::ofstream(std::filesystem::path(folder) / (name + ".html")) << mail.html;
}

}  // namespace

TEST_CASE("every letter is written in every language, whatever people are called")
{
    for (const auto& file : word_files()) {
        const std::string language(file.language);
        const auto written =
            letters_to({json::enum_from_text<Language>(language), "Europe/Berlin"});
        CHECK(written.size() == letters_in(boost::json::parse(file.text)));
        for (std::size_t i = 0; i < written.size(); ++i) {
            const auto mail = mail::write(written[i], "ana@acme.example");
            CAPTURE(language);
            CAPTURE(mail.text);
            keep(mail, language + "-" + std::to_string(i));
            CHECK(mail.html.starts_with(
                "<!doctype html><html lang=\"" + language + "\" dir=\"ltr\">"));
            CHECK_FALSE(mail.subject.empty());
            CHECK_FALSE(holds(mail.html, "<b>"));
            CHECK_FALSE(holds(mail.html, "\"co\""));
            CHECK_FALSE(holds(mail.text, "\nBcc"));
            CHECK(holds(mail.text, "{x}") == holds(mail.text, "Ana"));
            CHECK_FALSE(holds(mail.text, "An English sentence."));
            for (const auto& line :
                mail::head_of({"", "crm@example.com"}, {"a@e.com", mail.subject, "", ""}, at))
                CHECK(line.find_first_of("\r\n") == std::string::npos);
        }
    }
}

TEST_CASE("what may be wrong with a page has words of its own, and the rest is told as it is")
{
    auto codes = doctors_codes;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<meta::Advice>>([&](auto each) {
        if (each.value != meta::Advice::retry && each.value != meta::Advice::wait)
            codes.emplace_back(each.name);
    });
    codes.emplace_back("expiring");
    for (const auto& code : codes) {
        CAPTURE(code);
        CHECK(Words().has("trouble.what." + code));
    }
    const Reader german{Language::de, "Europe/Berlin"};
    const auto letter = meta::trouble_letter(german, "Ana",
        {{"1", "Acme", "expiring", "", at}, {"1", "Acme", "newer", "As Facebook says.", at}}, "");
    CHECK(letter.subject == "Leads von Acme kommen nicht an");
    CHECK(holds(letter.before.at(1), "Acme: Der Zugriff"));
    CHECK(holds(letter.before.at(1), "10. Dezember 2026"));
    CHECK(letter.before.at(2) == "Acme: As Facebook says.");
}

TEST_CASE("a device is named in the language of the letter")
{
    const Reader german{Language::de, "Europe/Berlin"};
    const auto seen = [&](const std::string& browser, const std::string& system,
                          const std::string& address) {
        return accounts::notice_letter(german, accounts::Notice::passkey_removed, "Ana",
            {at, address, {browser, system}}, link)
            .before.at(1);
    };
    CHECK(holds(seen("Firefox", "Windows", "192.0.2.7"),
        "am 26. November 2026 um 22:40 Uhr (Europe/Berlin) von 192.0.2.7 aus (Firefox unter Windows)"));
    CHECK(holds(seen("curl", "", "192.0.2.7"), "(curl)"));
    CHECK(holds(seen("", "Linux", "192.0.2.7"), "(ein Browser unter Linux)"));
    CHECK(holds(seen("", "", "192.0.2.7"), "(ein unbekanntes Gerät)"));
    CHECK_FALSE(holds(seen("", "", ""), "von"));
}

}  // namespace leadcrm::letters
