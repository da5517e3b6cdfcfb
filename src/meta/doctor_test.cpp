// The doctor and test leads, against the simulated Meta over HTTP.
#include "meta/doctor_rules.hpp"
#include "meta/testing/facebook_workspace.hpp"

#include <doctest/doctest.h>

namespace leadcrm::testing {
namespace {

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

}  // namespace leadcrm::testing
