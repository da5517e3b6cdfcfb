#include "app/testing/workspace.hpp"
#include "leads/lead_intake.hpp"

#include <boost/json/serialize.hpp>

#include <doctest/doctest.h>

namespace leadcrm::leads {
namespace {

using testing::Names;
using testing::submission_of;

Submission ana() { return submission_of("Ana Ruiz", "ana@web.example", "+34600000000", "900001"); }

boost::json::object record_of(testing::Workspace& crm, std::string_view name)
{
    const auto id = std::string(crm.lead(name).at("id").as_string());
    return crm.get("/leads/" + id).json().as_object();
}

}  // namespace

TEST_CASE("a lead that is delivered twice is stored once and announced once")
{
    testing::Workspace acme;
    CHECK(acme.arrives(ana()) == Intake::added);
    CHECK(acme.arrives(ana()) == Intake::already_known);

    CHECK(acme.names("/leads") == Names{"Ana Ruiz"});
    CHECK(acme.announced("lead.created") == 1);
    CHECK(record_of(acme, "Ana Ruiz").at("submissions").as_array().size() == 1);
}

TEST_CASE("the same phone number, however written, is the same person")
{
    testing::Workspace acme;
    acme.arrives(submission_of("Jo Weber", "jo@web.example", "0170 1234567", "1"));
    CHECK(acme.arrives(submission_of("Johanna Weber", "other@web.example", "+49 170 1234567", "2"))
        == Intake::came_back);

    CHECK(acme.names("/leads") == Names{"Jo Weber"});
    const auto record = record_of(acme, "Jo Weber");
    CHECK(record.at("submission_count").as_int64() == 2);
    CHECK(record.at("email").as_string() == "jo@web.example");
    CHECK(record.at("phone").as_string() == "+491701234567");
    CHECK(record.at("version").as_int64() == 2);
    CHECK(acme.announced("lead.came_back") == 1);
    const auto& timeline = record.at("timeline").as_array();
    REQUIRE(timeline.size() == 2);
    CHECK(timeline[1].at("kind").as_string() == "lead.came_back");
    CHECK(timeline[1].at("data").at("submission_id")
        == record.at("submissions").as_array()[0].at("id"));
}

TEST_CASE("the same e-mail is the same person, and what was missing is filled in")
{
    testing::Workspace acme;
    acme.arrives(submission_of("", "Jo@Web.Example ", "", "1"));
    CHECK(acme.arrives(submission_of("Jo Weber", "jo@web.example", "0170 1234567", "2"))
        == Intake::came_back);
    const auto lead = acme.lead("Jo Weber");
    CHECK(lead.at("phone").as_string() == "+491701234567");
    CHECK(acme.names("/leads?q=0170123") == Names{"Jo Weber"});
}

TEST_CASE("the phone decides before the e-mail")
{
    testing::Workspace acme;
    acme.arrives(submission_of("By Mail", "shared@web.example", "0170 1111111", "1"));
    acme.arrives(submission_of("By Phone", "phone@web.example", "0170 2222222", "2"));
    acme.arrives(submission_of("Again", "shared@web.example", "0170 2222222", "3"));
    CHECK(acme.lead("By Phone").at("submission_count").as_int64() == 2);
    CHECK(acme.lead("By Mail").at("submission_count").as_int64() == 1);
}

TEST_CASE("a lead shows its latest submission, whatever order they arrive in")
{
    testing::Workspace acme;
    auto late = submission_of("Jo Weber", "jo@web.example", "", "1");
    auto early = late;
    early.leadgen_id = "2";
    early.submitted_at = late.submitted_at - std::chrono::hours(24);
    early.source.form_name = "Old form";
    acme.arrives(late);
    CHECK(acme.arrives(early) == Intake::came_back);
    CHECK(acme.lead("Jo Weber").at("source").at("form_name").as_string() == "Spring offer");

    auto newest = late;
    newest.leadgen_id = "3";
    newest.submitted_at = late.submitted_at + std::chrono::hours(1);
    newest.source.form_name = "New form";
    acme.arrives(newest);
    const auto record = record_of(acme, "Jo Weber");
    CHECK(record.at("source").at("form_name").as_string() == "New form");
    const auto& submissions = record.at("submissions").as_array();
    REQUIRE(submissions.size() == 3);
    CHECK(submissions[0].at("form_name").as_string() == "New form");
    CHECK(submissions[2].at("form_name").as_string() == "Old form");
}

TEST_CASE("a test lead is marked and never joins a real person")
{
    testing::Workspace acme;
    acme.arrives(ana());
    auto test = ana();
    test.leadgen_id = "900002";
    test.is_test = true;
    CHECK(acme.arrives(test) == Intake::added);
    test.leadgen_id = "900003";
    CHECK(acme.arrives(test) == Intake::added);

    auto again = ana();
    again.leadgen_id = "900004";
    CHECK(acme.arrives(again) == Intake::came_back);
    CHECK(acme.names("/leads").size() == 3);
    CHECK(acme.names(R"(/leads?filter={"is_test":true})").size() == 2);
}

TEST_CASE("answers are kept as they came: in order, several values, any script, any length")
{
    testing::Workspace acme;
    auto submission = ana();
    const std::string essay(200'000, 'x');
    submission.answers = {{"welche_zimmer?", "Welche Zimmer?", {"Küche", "Bad"}},
        {"多い", "<b>何</b>", {"<script>alert(1)</script>", "עברית 😀\nzweite Zeile"}},
        {"none", "Nothing", {}}, {"essay", "Tell us", {essay}}};
    acme.arrives(submission);

    const auto record = record_of(acme, "Ana Ruiz");
    const auto& answers = record.at("answers").as_array();
    REQUIRE(answers.size() == 4);
    CHECK(boost::json::serialize(answers[0].at("values")) == R"(["Küche","Bad"])");
    CHECK(answers[1].at("key").as_string() == "多い");
    CHECK(answers[1].at("values").at(0).as_string() == "<script>alert(1)</script>");
    CHECK(answers[1].at("values").at(1).as_string() == "עברית 😀\nzweite Zeile");
    CHECK(answers[2].at("values").as_array().empty());
    CHECK(answers[3].at("values").at(0).as_string().size() == essay.size());
    CHECK(record.at("submissions").at(0).at("answers") == record.at("answers"));
}

TEST_CASE("contact facts are cleaned, and what cannot be used is left among the answers")
{
    testing::Workspace acme;
    auto submission =
        submission_of(std::string("  Ana\n\tRu\0iz ", 13), "not an address", "call me maybe", "1");
    submission.contact.name += std::string(5000, 'z');
    acme.arrives(submission);
    const auto list = acme.get("/leads").json();
    const auto& lead = list.at("data").at(0);
    const auto name = std::string(lead.at("name").as_string());
    CHECK(name.starts_with("Ana Ruiz zzz"));
    CHECK(name.size() == 200);
    CHECK(lead.at("email").is_null());
    CHECK(lead.at("phone").is_null());
    CHECK(lead.at("phone_raw").as_string() == "call me maybe");
}

TEST_CASE("U+0000 in an answer does not get in the way")
{
    testing::Workspace acme;
    auto submission = ana();
    submission.answers = {{std::string("k\0", 2), "label", {std::string("a\0b", 3)}}};
    submission.source.form_name = std::string("Form\0", 5);
    CHECK(acme.arrives(submission) == Intake::added);
    CHECK(acme.lead("Ana Ruiz").at("answers").at(0).at("values").at(0).as_string() == "ab");
}

TEST_CASE("leads are numbered without gaps, and each organization for itself")
{
    testing::Workspace crm;
    for (const auto* id : {"1", "2", "2", "3"})
        crm.arrives(submission_of(std::string("Lead ") + id, "", "", id));
    CHECK(crm.lead("Lead 3").at("number").as_int64() == 3);

    crm.caller = crm.add_organization("Globex");
    CHECK(crm.arrives(submission_of("Other", "", "", "1")) == Intake::added);
    CHECK(crm.lead("Other").at("number").as_int64() == 1);
}

TEST_CASE("the same person in another organization is another lead")
{
    testing::Workspace crm;
    crm.arrives(ana());
    crm.caller = crm.add_organization("Globex");
    CHECK(crm.arrives(ana()) == Intake::added);
    CHECK(crm.lead("Ana Ruiz").at("submission_count").as_int64() == 1);
}

TEST_CASE("a new lead is in the first stage, without an owner, with its three times")
{
    testing::Workspace acme;
    const auto submission = ana();
    acme.arrives(submission);
    const auto lead = acme.lead("Ana Ruiz");
    CHECK(lead.at("stage").at("name").as_string() == "New");
    CHECK(lead.at("stage").at("kind").as_string() == "new");
    CHECK(lead.at("owner").is_null());
    CHECK(lead.at("submitted_at").as_string() == rfc3339(submission.submitted_at));
    CHECK(lead.at("received_at").as_string() == rfc3339(submission.received_at));
    CHECK(lead.at("visible_at").is_string());
    CHECK(lead.at("first_attempt_at").is_null());
    CHECK(lead.at("is_test").as_bool() == false);
}

}  // namespace leadcrm::leads
