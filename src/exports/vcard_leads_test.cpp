#include "exports/testing/lead_file_reader.hpp"
#include "exports/vcard_leads.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace leadcrm::exports {
namespace {

leads::Lead ana()
{
    return {.id = *leads::LeadId::parse("lead_01h455vb4pex5vsknk084sn02q"),
        .number = 7,
        .name = "Ana María Ruiz",
        .email = "ana@example.com",
        .phone = "+34600000000",
        .stage = {{}, "Won, really", {"won"}},
        .source = {{R"({"channel":"meta","form_name":"Spring; offer"})"}},
        .answers = {{R"([{"key":"first_name","label":"First","values":["Ana María"]},
            {"key":"last_name","label":"Last","values":["Ruiz"]},
            {"key":"rooms","label":"How many rooms?","values":["3","4"]},
            {"key":"again","label":"Number","values":["+34600000000"]},
            {"key":"when","label":"When?","values":["soon,\nplease"]}])"}},
        .updated_at = *parse_time("2026-11-23T08:15:30.5Z"),
        .is_test = true};
}

std::string written(const leads::Lead& lead)
{
    SharedWords words;
    std::string card;
    append_card(card, lead, words);
    return card;
}

Card read(const leads::Lead& lead)
{
    const auto cards = cards_of(written(lead));
    REQUIRE(cards.size() == 1);
    return cards[0];
}

std::string value(const Card& card, const std::string& property)
{
    const auto found = card.find(property);
    return found == card.end() ? "" : found->second;
}

}  // namespace

TEST_CASE("a lead's card says who it is, how to reach them and what they answered besides")
{
    const auto text = written(ana());
    CHECK(text.starts_with("BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:01890a5d-ac96-774b-bcce-"
                           "b302099a8057\r\nREV:20261123T081530Z\r\n"));
    CHECK(text.find("\r\nN:Ruiz;Ana María;;;\r\n") != std::string::npos);
    CHECK(text.find("\r\nCATEGORIES:Won\\, really,Spring\\; offer,Test\r\n") != std::string::npos);
    CHECK(text.ends_with("\r\nEND:VCARD\r\n"));
    const auto card = read(ana());
    CHECK(value(card, "FN") == "Ana María Ruiz");
    CHECK(value(card, "TEL") == "+34600000000");
    CHECK(value(card, "EMAIL") == "ana@example.com");
    CHECK(value(card, "NOTE") == "How many rooms?: 3 4\nWhen?: soon,\nplease");
}

TEST_CASE("nobody guesses which part of a name is the family's")
{
    auto lead = ana();
    lead.name = "Ana R. of Madrid";  // was changed since
    CHECK(written(lead).find("\r\nN:;Ana R. of Madrid;;;\r\n") != std::string::npos);
    lead.name = "";
    CHECK(value(read(lead), "FN") == "Lead 7");
}

TEST_CASE("a card leaves out what is hidden, what is missing, and the long end of an answer")
{
    auto lead = ana();
    lead.phone = "+34 ••• ••00";
    lead.email = "•••@•••";
    lead.contact_hidden = true;
    auto card = read(lead);
    CHECK(card.count("TEL") + card.count("EMAIL") == 0);
    CHECK(written(lead).find("•••") == std::string::npos);

    lead = ana();
    lead.phone = lead.email = std::nullopt;
    lead.phone_raw = "0600 ask for Ana; not before 9";
    lead.answers = {{R"([{"key":"a","label":"A","values":[")" + std::string(5000, 'x') + "\"]}]"}};
    card = read(lead);
    CHECK(value(card, "TEL") == *lead.phone_raw);
    CHECK(card.count("EMAIL") == 0);
    CHECK(value(card, "NOTE").size() < 220);
    lead.answers = {{"[]"}};
    CHECK(read(lead).count("NOTE") == 0);
}

TEST_CASE("any text is folded into lines of 75 bytes without cutting a character, and read back")
{
    CHECK(card_text("a,b;c\\d\ne\r\nf\rg\x01\t") == "a\\,b\\;c\\\\d\\ne\\nf\\ng ");
    std::string line;
    append_card_line(line, "NOTE", std::string(70, 'a'));
    CHECK(line == "NOTE:" + std::string(70, 'a') + "\r\n");
    line.clear();
    append_card_line(line, "NOTE", std::string(69, 'a') + "é");
    CHECK(line == "NOTE:" + std::string(69, 'a') + "\r\n é\r\n");

    CHECK(rc::check("cards are read back", [](const std::vector<std::uint16_t>& units) {
        static const std::vector<std::string> pieces{"a", "é", "€", "😀", "ש", ",", ";", "\\", "\n",
            " ", ":", "BEGIN:VCARD", "long words without an end"};
        auto lead = ana();
        lead.name = "x";
        for (const auto unit : units) lead.name += pieces[unit % pieces.size()];
        RC_ASSERT(value(read(lead), "FN") == lead.name);
    }));
}

}  // namespace leadcrm::exports
