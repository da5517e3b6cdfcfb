#include "leads/contact_trace.hpp"
#include "leads/hidden_contact.hpp"

#include <doctest/doctest.h>

namespace leadcrm::leads {
namespace {

Lead lead_with(const std::string& phone, const std::string& raw, const std::string& email)
{
    Lead lead;
    lead.name = "Ana Lima";
    if (!phone.empty()) lead.phone = phone;
    if (!raw.empty()) lead.phone_raw = raw;
    if (!email.empty()) lead.email = email;
    lead.answers.text = "[]";
    lead.custom.text = "{}";
    lead.misfits.text = "{}";
    return lead;
}

const ContactHiding plain{std::vector<custom_fields::CustomField>{}};

}  // namespace

TEST_CASE("a hidden phone keeps its country and last two digits, an e-mail nothing")
{
    auto lead = lead_with("+4915112345612", "0151 123456 12", "ana@example.com");
    plain.hide(lead);
    CHECK(lead.contact_hidden);
    CHECK(lead.phone == "+49 ••• ••12");
    CHECK_FALSE(lead.phone_raw);
    CHECK(lead.email == "•••@•••");
    CHECK(lead.name == "Ana Lima");

    auto american = lead_with("+12025550143", "", "");
    plain.hide(american);
    CHECK(american.phone == "+1 ••• ••43");
    CHECK_FALSE(american.email);

    auto unreadable = lead_with("", "12 12", "");
    plain.hide(unreadable);
    CHECK(unreadable.phone_raw == "•••");
}

TEST_CASE("what repeats a contact tells it, however it is written")
{
    ContactTrace trace;
    trace.add("+4915112345612");
    trace.add("ana@example.com");
    for (const auto* text : {"0151 / 123 456 12", "call me: (0151)123456-12", "ANA@EXAMPLE.COM",
             "Ana＠example.com", "https://wa.me/4915112345612", "٠١٥١١٢٣٤٥٦١٢",
             "456 12 at 3 or 123456 12", "mailto:ana@example.com?subject=x"}) {
        CAPTURE(text);
        CHECK(trace.is_in(text));
    }
    for (const auto* text : {"", "3", "Ana", "two rooms", "250 000 €", "1,000,000 - 2,500,000",
             "2026-11-27", "01.03.2026", "9:00", "at noon @ home", "80331 Munich"}) {
        CAPTURE(text);
        CHECK_FALSE(trace.is_in(text));
    }
}

TEST_CASE("another way to reach the person tells as much as the first")
{
    const ContactTrace nothing;
    for (const auto* text : {"+351 912 345 678", "0034 600 000 000", "office: 089 12345678",
             "boss@example.com", "my number is +1 (202) 555-0143."})
        CHECK(nothing.is_in(text));
    CHECK(asks_for_contact("Your WhatsApp number?"));
    CHECK(asks_for_contact("Número de teléfono"));
    CHECK(asks_for_contact("TELEFONNUMMER"));
    CHECK_FALSE(asks_for_contact("Which hotel?"));
    CHECK(holds_a_way("600 000 000"));
    CHECK_FALSE(holds_a_way("by mail, please"));
}

TEST_CASE("answers, fields and consents lose what tells the contact, and keep the rest")
{
    std::vector<custom_fields::CustomField> fields(3);
    fields[0].key = "second";
    fields[0].type = custom_fields::FieldType::phone;
    fields[1].key = "rooms";
    fields[1].type = custom_fields::FieldType::number;
    fields[2].key = "digits";
    fields[2].type = custom_fields::FieldType::number;
    LeadRecord record;
    static_cast<Lead&>(record) = lead_with("+4915112345612", "", "");
    record.name = "0151 123456 12";
    record.answers.text = json::text_of(std::vector<Answer>{{"rooms", "Rooms?", {"3", "4"}},
        {"phone_number", "Phone", {"600000000"}}, {"how", "How do we write?", {"by mail"}},
        {"more", "More?", {"or 700 111 222"}}});
    record.custom.text = R"({"second":"+34700111222","rooms":3,"digits":4915112345612})";
    record.misfits.text = R"({"other":"on 123456 12"})";
    auto& sent = record.submissions.emplace_back();
    sent.answers = record.answers;
    sent.disclaimers.text = json::text_of(std::vector<Disclaimer>{
        {"a", "You may call 0151 123456 12", true}, {"b", "You may call me", true}});

    ContactHiding(fields).hide(record);
    const auto answers = json::from_text<std::vector<Answer>>(record.answers.text);
    CHECK(answers[0].values == std::vector<std::string>{"3", "4"});
    CHECK(answers[1].values == std::vector<std::string>{"•••"});
    CHECK(answers[2].values == std::vector<std::string>{"by mail"});
    CHECK(answers[3].values == std::vector<std::string>{"•••"});  // repeats a field that is a phone
    CHECK(json::parse(record.custom.text) == json::parse(R"({"second":"•••","rooms":3})"));
    CHECK(json::parse(record.misfits.text) == json::parse(R"({"other":"•••"})"));
    CHECK(record.name.empty());
    CHECK(record.submissions.front().answers.text == record.answers.text);
    CHECK(record.submissions.front().disclaimers.text.find("123456") == std::string::npos);
    CHECK(record.submissions.front().disclaimers.text.find("You may call me") != std::string::npos);
}

}  // namespace leadcrm::leads
