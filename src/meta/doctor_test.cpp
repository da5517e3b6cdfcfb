// The doctor and test leads, against the simulated Meta over HTTP.
#include "leads/lead_intake.hpp"
#include "meta/doctor_rules.hpp"
#include "meta/fetch_store.hpp"
#include "meta/testing/facebook_workspace.hpp"

#include <doctest/doctest.h>

namespace leadcrm::testing {
namespace {

using namespace std::chrono_literals;

boost::json::object check_of(const boost::json::value& checkup, std::string_view code)
{
    for (const auto& check : checkup.at("checks").as_array())
        if (check.at("code").as_string() == code) return check.as_object();
    return {};
}

boost::json::value examined(FacebookWorkspace& crm)
{
    const auto answer = crm.owner.post("/api/v1/meta/doctor/run", {{"page_id", crm.page_id}});
    REQUIRE(answer.status == 200);
    return answer.json();
}

std::string state_of(const boost::json::value& checkup, std::string_view code)
{
    return std::string(check_of(checkup, code).at("state").as_string());
}

boost::json::array problems(FacebookWorkspace& crm)
{
    return crm.owner.get("/api/v1/meta/problems").json().at("data").as_array();
}

void connect(FacebookWorkspace& crm)
{
    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    REQUIRE(crm.connect(crm.page_id).status == 200);
    crm.at_meta([](simulator::State& meta) {
        meta.world.app_fields = {"leadgen"};
        meta.webhook.url = "http://crm.example.com/webhooks/meta";
    });
}

}  // namespace

TEST_CASE("doctor: a page that is well passes all that Facebook can tell")
{
    FacebookWorkspace crm;
    connect(crm);
    const auto before = crm.owner.get("/api/v1/meta/doctor?page_id=" + crm.page_id).json();
    CHECK(before.at("checked_at").is_null());
    CHECK(before.at("checks").as_array().empty());

    const auto found = examined(crm);
    CHECK(found.at("checks").as_array().size() == 10);
    for (const auto* code :
        {"permissions", "page_role", "leads_access", "subscription", "webhook", "token"}) {
        CAPTURE(code);
        CHECK(state_of(found, code) == "ok");
        CHECK(check_of(found, code).at("fix").is_null());
    }
    // No lead has come yet: nothing is claimed.
    for (const auto* code : {"app_live", "signatures", "rhythm", "round_trip"}) {
        CAPTURE(code);
        CHECK(state_of(found, code) == "unknown");
    }
    CHECK(problems(crm).empty());
    // The screen has it without asking Meta.
    CHECK(crm.owner.get("/api/v1/meta/doctor?page_id=" + crm.page_id).json() == found);
}

TEST_CASE("doctor: what is broken at Meta is found, with the one fix, and seen on the banner")
{
    FacebookWorkspace crm;
    connect(crm);
    crm.at_meta([&](simulator::State& meta) {
        auto& page = *meta.world.find_page(crm.page_id);
        page.subscribed_fields.clear();
        page.leads_access = simulator::LeadsAccess::refused_as_missing;
        meta.webhook.url = "https://elsewhere.example/hook";
    });
    const auto found = examined(crm);
    CHECK(state_of(found, "subscription") == "fail");
    CHECK(check_of(found, "subscription").at("fix").at("kind") == "subscribe");
    CHECK(state_of(found, "leads_access") == "fail");
    CHECK(check_of(found, "leads_access").at("fix").at("kind") == "link");
    CHECK(state_of(found, "webhook") == "fail");
    CHECK(check_of(found, "webhook").at("figure") == "https://elsewhere.example/hook");
    CHECK(problems(crm).size() == 3);

    // It has been so since the first look.
    CHECK(check_of(examined(crm), "subscription").at("since")
        == check_of(found, "subscription").at("since"));

    REQUIRE(crm.connect(crm.page_id).status == 200);
    CHECK(state_of(examined(crm), "subscription") == "ok");
    CHECK(problems(crm).size() == 2);
}

TEST_CASE("doctor: what Facebook does not tell is unknown, never no")
{
    const meta::Findings nothing{.app_id = "555", .page = {.page_id = "1"}};
    for (const auto& check : meta::examine(nothing, Instant::now())) {
        CAPTURE(check.code);
        CHECK(check.state == meta::CheckState::unknown);
        CHECK(check.title.size() > 10);
        CHECK(check.detail.size() > 10);
    }
    auto dead = nothing;
    dead.page.problem_code = "reconnect";
    for (const auto& check : meta::examine(dead, Instant::now()))
        CHECK((check.state == meta::CheckState::fail) == (check.code == "token"));
}

TEST_CASE(
    "doctor: a test lead is made again and again, and a page of another organization is not there")
{
    FacebookWorkspace crm;
    connect(crm);
    const auto address = "/api/v1/meta/pages/" + crm.page_id + "/test-lead";
    CHECK(crm.owner.get(address).status == 404);
    const auto first = crm.owner.post(address, boost::json::object());
    REQUIRE(first.status == 202);
    const auto second = crm.owner.post(address, boost::json::object());
    REQUIRE(second.status == 202);
    CHECK(first.json().at("leadgen_id") != second.json().at("leadgen_id"));

    const auto trip = crm.owner.get(address).json();
    CHECK(trip.at("leadgen_id") == second.json().at("leadgen_id"));
    CHECK(trip.at("received_at").is_null());
    CHECK(state_of(examined(crm), "round_trip") == "unknown");  // on its way

    auto globex = crm.other("Globex");
    CHECK(globex->get(address).status == 404);
    CHECK(globex->post(address, boost::json::object()).status == 404);
    CHECK(globex->get("/api/v1/meta/doctor?page_id=" + crm.page_id).status == 404);
    CHECK(globex->post("/api/v1/meta/doctor/run", {{"page_id", crm.page_id}}).status == 404);
}

TEST_CASE("doctor: what was refused for its signature is counted and said")
{
    FacebookWorkspace crm;
    connect(crm);
    CHECK(state_of(examined(crm), "signatures") == "unknown");
    for (int i = 0; i < 2; ++i)
        CHECK(crm.owner
                  .send({.method = "POST",
                      .target = "/webhooks/meta",
                      .headers = {{"X-Hub-Signature-256", "sha256=00"}},
                      .body = "{}"})
                  .status
            == 401);
    const auto checkup = examined(crm);
    CHECK(state_of(checkup, "signatures") == "warn");
    CHECK(check_of(checkup, "signatures").at("figure") == "2 refused");
}

TEST_CASE("doctor: the seconds of leads that came by webhook are told, not those of a backfill")
{
    FacebookWorkspace crm;
    connect(crm);
    const auto organization = crm.database->read_platform([](db::PlatformReader& db) {
        return db.one<OrganizationId>("SELECT id FROM organizations");
    });
    const auto now = Instant::now();
    const auto come = [&](const std::string& id, std::chrono::seconds took, meta::BroughtBy by) {
        crm.database->write(organization, [&](db::Tx& tx) {
            leads::Submission submission{.leadgen_id = id, .contact = {.name = "Ana " + id}};
            submission.source = {.channel = "meta", .page_id = crm.page_id, .form_id = "77"};
            submission.submitted_at = now - 1h;
            submission.received_at = now - 1h + took;
            leads::take_in(tx, submission);
            meta::store::insert(tx,
                {.leadgen_id = id,
                    .page_id = crm.page_id,
                    .submitted_at = submission.submitted_at,
                    .received_at = submission.received_at,
                    .state = meta::FetchState::done,
                    .brought_by = by});
        });
    };
    const auto delays = [&] {
        return crm.owner.get("/api/v1/meta/pages/" + crm.page_id + "/delays").json();
    };
    CHECK(delays().at("meta_to_us").is_null());
    come("1", 1s, meta::BroughtBy::webhook);
    come("2", 3s, meta::BroughtBy::webhook);
    come("3", 50s, meta::BroughtBy::webhook);
    come("4", 900s, meta::BroughtBy::backfill);
    CHECK(delays().at("lead_count") == 3);
    CHECK(delays().at("meta_to_us").to_number<double>() == 3.0);
    CHECK(delays().at("us_to_screen").is_null());
    crm.database->write(organization, [&](db::Tx& tx) {
        tx.run("UPDATE leads SET visible_at = received_at + 2000000 WHERE organization_id = $1");
    });
    CHECK(delays().at("us_to_screen").to_number<double>() == 2.0);
}

}  // namespace leadcrm::testing
