// Features that the operator turns off: what answers so, for whom, and what goes on.
#include "app/testing/company.hpp"
#include "features/feature_switches.hpp"
#include "platform/testing/comes_true.hpp"

#include <doctest/doctest.h>

namespace leadcrm::app {

using namespace testing;

namespace {

bool says_off(const Answer& answer, const std::string& feature)
{
    if (answer.status != 403) return false;
    const auto problem = answer.json().as_object();
    return problem.contains("code") && problem.at("code") == "feature_off"
        && problem.at("feature") == feature.c_str();
}

// Acme's owner, the operator, and what Acme is told to be off.
struct Switching {
    Company company;
    HttpClient& ana = company.product.owner;
    HttpClient& ada = company.product.admin();

    std::set<std::string> off()
    {
        std::set<std::string> names;
        const auto answer = ana.get("/api/v1/organization/features").json();
        for (const auto& name : answer.at("off").as_array())
            names.insert(std::string(name.as_string()));
        return names;
    }
    void for_everybody(const std::string& feature, bool is_on)
    {
        REQUIRE(ada.put("/api/v1/platform/features/" + feature, {{"is_on", is_on}}).status == 204);
        CHECK(comes_true([&] { return off().contains(feature) != is_on; }));
    }
    int for_acme(const std::string& feature, const boost::json::value& is_on)
    {
        return ada
            .put("/api/v1/platform/organizations/" + company.acme.text() + "/features/" + feature,
                {{"is_on", is_on}})
            .status;
    }
};

}  // namespace

TEST_CASE("every route of a feature says that it is off, and none of the others does")
{
    Switching switching;
    std::set<std::string> seen;
    for (const auto feature : features::all_features())
        switching.for_everybody(features::name_of(feature), false);
    for (const auto& route : switching.company.product.program.routes().all()) {
        if (!is_json_endpoint(route) || is_open(route)) continue;
        if (route.endpoint.right == http::Right::operate_platform) continue;
        const auto& feature = route.endpoint.feature;
        // What `work` does may reach out to Meta.
        const bool stays_here = !std::holds_alternative<http::Route::Work>(route.run);
        if (feature.empty() && (!stays_here || route.method != "GET")) continue;
        CAPTURE(route.method + " " + route.path);
        const auto answer = switching.ana.send(request(route, has_body(route) ? "{}" : ""));
        CHECK(says_off(answer, feature) == !feature.empty());
        if (feature.empty()) continue;
        check_problem(answer);
        seen.insert(feature);
    }
    CHECK(seen == std::set<std::string>{"api_keys", "company_sign_in", "own_meta_app"});
}

TEST_CASE("existing keys answer that keys are off, and work again afterwards")
{
    Switching switching;
    const auto made =
        switching.ana.post("/api/v1/keys", {{"name", "Program"}, {"scopes", {"read_leads"}}});
    REQUIRE(made.status == 201);
    auto program = switching.company.product.stranger();
    const auto ask = [&] {
        return program.get("/api/v1/leads",
            {{"Authorization", "Bearer " + std::string(made.json().at("token").as_string())}});
    };
    CHECK(ask().status == 200);
    switching.for_everybody("api_keys", false);
    CHECK(says_off(ask(), "api_keys"));
    CHECK(switching.ana.get("/api/v1/leads").status == 200);
    // Taking a key back is never refused.
    CHECK(
        switching.ana.del("/api/v1/keys/" + std::string(made.json().at("key").at("id").as_string()))
            .status
        == 204);
    switching.for_everybody("api_keys", true);
    CHECK(ask().status == 401);
}

TEST_CASE("one organization's own setting holds against everybody's, either way")
{
    Switching switching;
    CHECK(switching.off().empty());
    CHECK(switching.for_acme("own_meta_app", false) == 204);
    CHECK(comes_true([&] { return switching.off() == std::set<std::string>{"own_meta_app"}; }));
    CHECK(switching.for_acme("own_meta_app", true) == 204);
    switching.for_everybody("company_sign_in", false);
    CHECK(switching.off() == std::set<std::string>{"company_sign_in"});
    CHECK(switching.for_acme("company_sign_in", true) == 204);
    CHECK(comes_true([&] { return switching.off().empty(); }));
    const auto lines = switching.ada.get("/api/v1/platform/features").json().at("data").as_array();
    REQUIRE(lines.size() == 3);
    CHECK(lines[1].at("feature") == "company_sign_in");
    CHECK(lines[1].at("is_on") == false);
    CHECK(lines[1].at("organizations").as_array()[0].at("name") == "Acme");
    // And as everybody again.
    CHECK(switching.for_acme("company_sign_in", nullptr) == 204);
    CHECK(comes_true([&] { return switching.off() == std::set<std::string>{"company_sign_in"}; }));
    CHECK(switching.ana.get("/api/v1/audit").body.find("Turn a feature on or off")
        != std::string::npos);
}

TEST_CASE("only the operator turns features off, and only those there are")
{
    Switching switching;
    CHECK(
        switching.ana.put("/api/v1/platform/features/api_keys", {{"is_on", false}}).status == 403);
    CHECK(switching.ada.put("/api/v1/platform/features/leads", {{"is_on", false}}).status >= 400);
    CHECK(switching.ada
              .put("/api/v1/platform/organizations/" + OrganizationId::make().text()
                      + "/features/api_keys",
                  {{"is_on", false}})
              .status
        == 404);
}

TEST_CASE("what another program has written is known when it is read again, and no more than that")
{
    leadcrm::testing::TestDatabase database;
    features::Switches switches(*database);
    const auto acme = database.add_organization();
    CHECK(switches.is_on(acme, features::Feature::api_keys));
    database->write_platform([](db::PlatformTx& tx) {
        tx.run("INSERT INTO features_off (feature) VALUES ('api_keys')");
        tx.run("INSERT INTO features_off (feature) VALUES ('of_a_later_version')");
    });
    switches.load();
    CHECK_FALSE(switches.is_on(acme, features::Feature::api_keys));
    CHECK(switches.is_on(acme, features::Feature::own_meta_app));
}

}  // namespace leadcrm::app
