#include "meta/lead_mapping.hpp"

#include <doctest/doctest.h>

namespace leadcrm::meta {
namespace {

using Values = std::vector<std::string>;

const Fetch fetch{.leadgen_id = "900000000000001",
    .page_id = "101010101010101",
    .form_id = "202020202020202",
    .submitted_at = Instant::from_unix_seconds(1765000001),
    .received_at = Instant::from_unix_seconds(1765000003)};

const std::string lead_text = R"({"id":"900000000000001","created_time":"2025-12-06T05:46:41+0000",
    "ad_id":"303030303030303","ad_name":"Video A","adset_id":"313131313131313","adset_name":"Berlin 25-45",
    "campaign_id":"323232323232323","campaign_name":"Implants Q4","form_id":"202020202020202",
    "is_organic":false,"platform":"ig",
    "field_data":[{"name":"wie_viele_fenster?","values":["mehr_als_5"]},
                  {"name":"utm_term","values":["summer"]},
                  {"name":"full_name","values":["Jane Doe"]},
                  {"name":"email","values":["jane.doe@example.com"]},
                  {"name":"phone_number","values":["+491701234567"]}],
    "custom_disclaimer_responses":[{"checkbox_key":"consent_phone","is_checked":"1"},
                                   {"checkbox_key":"consent_mail","is_checked":""},
                                   {"checkbox_key":"new","is_checked":true}]})";

const std::string form_text = R"({"id":"202020202020202","name":"Implants DE v3","status":"ACTIVE",
    "questions":[
      {"id":"1","key":"full_name","label":"Full name","type":"FULL_NAME"},
      {"id":"2","key":"email","label":"Email","type":"EMAIL"},
      {"id":"3","key":"phone_number","label":"Phone number","type":"PHONE"},
      {"id":"4","key":"wie_viele_fenster?","label":"Wie viele Fenster?","type":"CUSTOM",
       "options":[{"key":"1_bis_5","value":"1 bis 5"},{"key":"mehr_als_5","value":"Mehr als 5"}]}],
    "legal_content":{"custom_disclaimer":{"title":"…","checkboxes":[
      {"key":"consent_phone","text":"You may call me."}]}}})";

Form form_of_text(const std::string& text)
{
    return form_in(json::parse(text), "202020202020202", "101010101010101");
}

// A lead with these answers, without a form to explain them.
leads::Submission with_answers(const std::string& field_data, const Form& form = {})
{
    return submission_from(
        json::parse(R"({"field_data":)" + field_data + "}"), form, fetch, "Smile Clinic");
}

TEST_CASE("a lead becomes a submission with everything Graph told")
{
    const auto lead =
        submission_from(json::parse(lead_text), form_of_text(form_text), fetch, "Smile Clinic");

    CHECK(lead.leadgen_id == "900000000000001");
    CHECK(lead.contact.name == "Jane Doe");
    CHECK(lead.contact.email == "jane.doe@example.com");
    CHECK(lead.contact.phone == "+491701234567");
    CHECK(lead.submitted_at == Instant::from_unix_seconds(1765000001));
    CHECK(lead.received_at == Instant::from_unix_seconds(1765000003));
    CHECK_FALSE(lead.is_test);

    CHECK(lead.source.channel == "meta");
    CHECK(lead.source.platform == "ig");
    CHECK(lead.source.page_id == "101010101010101");
    CHECK(lead.source.page_name == "Smile Clinic");
    CHECK(lead.source.form_id == "202020202020202");
    CHECK(lead.source.form_name == "Implants DE v3");
    CHECK(lead.source.ad_id == "303030303030303");
    CHECK(lead.source.adset_name == "Berlin 25-45");
    CHECK(lead.source.campaign_name == "Implants Q4");
    CHECK(lead.source.is_organic == false);
}

TEST_CASE("answers are in the form's order, with its words; what is no question comes last")
{
    const auto lead =
        submission_from(json::parse(lead_text), form_of_text(form_text), fetch, "Smile Clinic");
    REQUIRE(lead.answers.size() == 5);
    CHECK(lead.answers[0].label == "Full name");
    CHECK(lead.answers[3]
        == leads::Answer{"wie_viele_fenster?", "Wie viele Fenster?", {"Mehr als 5"}});
    CHECK(lead.answers[4] == leads::Answer{"utm_term", "utm_term", {"summer"}});
}

TEST_CASE("consents carry the words that were shown, where the form tells them")
{
    const auto lead =
        submission_from(json::parse(lead_text), form_of_text(form_text), fetch, "Smile Clinic");
    REQUIRE(lead.disclaimers.size() == 3);
    CHECK(lead.disclaimers[0].text == "You may call me.");
    CHECK(lead.disclaimers[0].is_checked);
    CHECK_FALSE(lead.disclaimers[1].is_checked);
    CHECK(lead.disclaimers[2].is_checked);
    CHECK(lead.disclaimers[2].text.empty());
}

TEST_CASE("without the form the lead is taken in with its raw keys")
{
    const auto lead = submission_from(json::parse(lead_text), {}, fetch, "Smile Clinic");
    CHECK(lead.contact.name == "Jane Doe");
    CHECK(lead.answers[0]
        == leads::Answer{"wie_viele_fenster?", "wie_viele_fenster?", {"mehr_als_5"}});
    CHECK_FALSE(lead.source.form_name);
}

TEST_CASE("the type of a question decides, whatever its key")
{
    const auto form = form_of_text(R"({"name":"F","questions":[
        {"key":"q1","label":"Rückruf unter","type":"PHONE"},
        {"key":"whatsapp_number","label":"WhatsApp","type":"WHATSAPP_NUMBER"},
        {"key":"phone","label":"How many phones have you?","type":"CUSTOM"}]})");
    const auto both = with_answers(
        R"([{"name":"phone","values":["7"]},{"name":"whatsapp_number","values":["0171 1"]},{"name":"q1","values":["030 123"]}])",
        form);
    CHECK(both.contact.phone == "030 123");
    const auto only_whatsapp =
        with_answers(R"([{"name":"whatsapp_number","values":["0171 1"]}])", form);
    CHECK(only_whatsapp.contact.phone == "0171 1");
}

TEST_CASE("first and last name are joined")
{
    CHECK(with_answers(
              R"([{"name":"last_name","values":["Doe"]},{"name":"first_name","values":["Jane"]}])")
              .contact.name
        == "Jane Doe");
    CHECK(with_answers(R"([{"name":"vorname","values":["Jürgen"]}])").contact.name == "Jürgen");
    CHECK(with_answers(R"([{"name":"color","values":["red"]}])").contact.name.empty());
}

TEST_CASE("the usual keys of several languages are known")
{
    CHECK(with_answers(R"([{"name":"Telefone?","values":["0900111222"]}])").contact.phone
        == "0900111222");
    CHECK(with_answers(R"([{"name":"رقم_الهاتف","values":["050 1"]}])").contact.phone == "050 1");
    CHECK(with_answers(R"([{"name":"vollständiger name:","values":["Änne"]}])").contact.name
        == "Änne");
}

TEST_CASE("several values, none, and anything a person may write are kept")
{
    const auto lead = with_answers(
        R"([{"name":"days","values":["mon","tue"]},{"name":"email","values":[]},{"name":"note","values":["<b>😀</b>\n\u05d0"]},{"name":"n","values":[7,null,true]},{"name":"odd"}])");
    REQUIRE(lead.answers.size() == 5);
    CHECK(lead.answers[0].values == Values{"mon", "tue"});
    CHECK(lead.answers[1].values.empty());
    CHECK(lead.answers[2].values == Values{"<b>😀</b>\nא"});
    CHECK(lead.answers[3].values == Values{"7", "true"});
    CHECK(lead.answers[4].values.empty());
    CHECK(lead.contact.email.empty());
}

TEST_CASE("missing ad fields are unknown, and an ad with the id 0 is none")
{
    const auto lead =
        submission_from(json::parse(R"({"id":"1","ad_id":"0","field_data":[]})"), {}, fetch, "");
    CHECK_FALSE(lead.source.ad_id);
    CHECK_FALSE(lead.source.campaign_name);
    CHECK_FALSE(lead.source.is_organic);
    CHECK_FALSE(lead.source.page_name);
    // What the delivery said fills in.
    CHECK(lead.source.form_id == "202020202020202");
    CHECK(lead.submitted_at == Instant::from_unix_seconds(1765000001));
}

TEST_CASE("leads of the testing tool are marked")
{
    CHECK(
        with_answers(R"([{"name":"full_name","values":["<test lead: dummy data for full_name>"]}])")
            .is_test);
    CHECK(with_answers(R"([{"name":"email","values":["test@fb.com"]}])").is_test);
    CHECK(with_answers(R"([{"name":"email","values":["test@meta.com"]}])").is_test);
    CHECK_FALSE(with_answers(R"([{"name":"email","values":["contest@fb.com"]}])").is_test);
}

TEST_CASE("a choice the form does not know shows that the form has changed")
{
    const auto form = form_of_text(form_text);
    const auto choice = [](const std::string& value) {
        return json::parse(
            R"({"field_data":[{"name":"wie_viele_fenster?","values":[")" + value + R"("]}]})");
    };
    CHECK(explains(form, choice("mehr_als_5")));
    CHECK(explains(form, choice("Mehr als 5")));
    CHECK_FALSE(explains(form, choice("mehr_als_9")));
    CHECK(explains(form, json::parse(R"({"field_data":[{"name":"utm_term","values":["x"]}]})")));
    CHECK(explains(Form{}, choice("mehr_als_9")));
}

TEST_CASE("a form with unexpected shapes is read as far as it goes")
{
    const auto form = form_of_text(
        R"({"questions":[7,{"key":"a","options":"none"},{"key":5,"label":null}],"legal_content":[]})");
    CHECK(form.questions.size() == 3);
    CHECK(form.questions[1].key == "a");
    CHECK(form.disclaimers.empty());
}

}  // namespace
}  // namespace leadcrm::meta
