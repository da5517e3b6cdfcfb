// An organization's own Meta app: its webhook, and that what it delivers reaches nobody else.
#include "meta-simulator/login/signed_request.hpp"
#include "meta/delivery_list.hpp"
#include "meta/page.hpp"
#include "meta/signature.hpp"
#include "meta/sorter.hpp"
#include "meta/testing/facebook_workspace.hpp"

#include <doctest/doctest.h>

namespace leadcrm::testing {
namespace {

constexpr auto secret = "a-secret-of-acme-only";

// An app that is known at the simulated Meta.
void make_app(FacebookWorkspace& crm, const std::string& id)
{
    crm.at_meta(
        [&](simulator::State& meta) { meta.world.other_apps[id] = {.id = id, .secret = secret}; });
}

http::Request delivery(const std::string& path, const std::string& key)
{
    http::Request made{.method = "POST", .target = path};
    made.body =
        R"({"object":"page","entry":[{"id":"1","time":1765000002,"changes":[{"field":"leadgen","value":{"leadgen_id":"11","page_id":"1"}}]}]})";
    made.headers = {{"Content-Type", "application/json"},
        {"X-Hub-Signature-256", meta::signature_of(made.body, key)}};
    return made;
}

}  // namespace

TEST_CASE("own app: its webhook knows its own secret and token, and its secret never comes out")
{
    FacebookWorkspace crm;
    make_app(crm, "777");
    auto globex = crm.other("Globex");
    const std::string hook = "/webhooks/meta/777";
    CHECK(crm.owner.send(delivery(hook, secret)).status == 404);
    CHECK(crm.owner.get(hook + "?hub.mode=subscribe").status == 404);
    CHECK(crm.owner.get("/api/v1/meta/app").json().at("app_id").is_null());
    CHECK(crm.owner.put("/api/v1/meta/app", {{"app_id", "777"}}).status == 422);

    const auto put = crm.owner.put("/api/v1/meta/app", {{"app_id", "777"}, {"secret", secret}});
    REQUIRE(put.status == 200);
    CHECK(put.body.find(secret) == std::string::npos);
    CHECK(put.json().at("webhook_url") == "http://crm.example.com/webhooks/meta/777");
    CHECK(put.json().at("scopes").as_array().size() == 6);
    CHECK(put.json().at("handshake_at").is_null());
    const std::string token(put.json().at("verify_token").as_string());
    const auto shaken =
        crm.owner.get(hook + "?hub.mode=subscribe&hub.challenge=42&hub.verify_token=" + token);
    CHECK(shaken.status == 200);
    CHECK(shaken.body == "42");
    CHECK_FALSE(crm.owner.get("/api/v1/meta/app").json().at("handshake_at").is_null());
    CHECK(crm.owner.send(delivery(hook, "another-secret-altogether")).status == 401);
    CHECK(crm.owner.send(delivery("/webhooks/meta", secret)).status == 401);
    CHECK(crm.owner.send(delivery(hook, secret)).status == 200);

    // Another organization neither sees it nor can take it.
    CHECK(globex->get("/api/v1/meta/app").json().at("app_id").is_null());
    CHECK(globex->put("/api/v1/meta/app", {{"app_id", "777"}, {"secret", secret}}).status == 409);
    CHECK(crm.owner.put("/api/v1/meta/app", {{"app_id", "777"}}).json().at("verify_token")
        == put.json().at("verify_token"));
    CHECK(crm.owner.del("/api/v1/meta/app").json().at("app_id").is_null());
    CHECK(crm.owner.send(delivery(hook, secret)).status == 404);
}

TEST_CASE("own app: what it delivers reaches its organization only, and hides nothing from others")
{
    FacebookWorkspace crm;
    make_app(crm, "777");
    auto globex = crm.other("Globex");
    const crypto::Vault vault(crm.folder.path / "test-keys");
    const auto organizations = crm.database->read_platform([](db::PlatformReader& db) {
        return db.rows<OrganizationId>("SELECT id FROM organizations ORDER BY id");
    });
    REQUIRE(organizations.size() == 2);
    for (const auto& organization : organizations)
        meta::import_page(*crm.database, vault, organization, "1", "Smile Clinic", "EAAG-token");
    REQUIRE(
        crm.owner.put("/api/v1/meta/app", {{"app_id", "777"}, {"secret", secret}}).status == 200);
    meta::Refusals refusals;
    meta::Sorter sorter(*crm.database, refusals);
    const auto seen = [&](OrganizationId organization) {
        return crm.database->read_platform([&](db::PlatformReader& db) {
            return meta::list_deliveries(db, organization, {}).deliveries.size();
        });
    };
    REQUIRE(crm.owner.send(delivery("/webhooks/meta/777", secret)).status == 200);
    sorter.sort_all();
    CHECK(seen(organizations[0]) == 1);
    CHECK(seen(organizations[1]) == 0);
    // The platform's app sends the same bytes: they are another delivery, for everybody.
    REQUIRE(crm.owner.send(delivery("/webhooks/meta", crm.config.meta_app_secret)).status == 200);
    sorter.sort_all();
    CHECK(seen(organizations[0]) == 2);
    CHECK(seen(organizations[1]) == 1);
}

TEST_CASE("own app: an id and a secret that do not belong together are found out at once")
{
    FacebookWorkspace crm;
    make_app(crm, "777");
    const auto wrong = crm.owner.put(
        "/api/v1/meta/app", {{"app_id", "777"}, {"secret", "another-secret-altogether"}});
    CHECK(wrong.status == 422);
    CHECK(crm.owner.get("/api/v1/meta/app").json().at("app_id").is_null());
}

TEST_CASE(
    "own app: logins, pages and calls go through it, and the platform's app goes on beside it")
{
    FacebookWorkspace crm;
    make_app(crm, "777");
    auto globex = crm.other("Globex");
    const auto subscribed = [&](const std::string& app) {
        return crm.at_meta([&](simulator::State& meta) {
            return meta.world.page_fields_of(meta.world.pages.at(crm.page_id), app)
                .contains("leadgen");
        });
    };
    // Only calls with the right proof are answered.
    crm.at_meta([](simulator::State& meta) { meta.graph.appsecret_proof_required = true; });
    const auto log_in_globex = [&] {
        return crm.follow(*globex, crm.answer_dialog(crm.start(*globex))).header("Location");
    };
    REQUIRE(log_in_globex() == "/app/sources?connected=1");
    REQUIRE(globex->post("/api/v1/meta/pages/" + crm.page_id + "/connect").status == 200);

    REQUIRE(
        crm.owner.put("/api/v1/meta/app", {{"app_id", "777"}, {"secret", secret}}).status == 200);
    CHECK(crm.start(crm.owner).find("client_id=777&") != std::string::npos);
    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    CHECK(crm.connection().at("own_app_id") == "777");
    REQUIRE(crm.connect(crm.page_id).status == 200);
    CHECK(subscribed("777"));
    CHECK(crm.owner.get("/api/v1/meta/app").json().at("pages").as_array().size() == 1);
    const auto checkup = crm.owner.post("/api/v1/meta/doctor/run", {{"page_id", crm.page_id}});
    REQUIRE(checkup.status == 200);
    CHECK(checkup.body.find(R"("code":"subscription")") != std::string::npos);
    const auto found = checkup.json();
    for (const auto& check : found.at("checks").as_array())
        if (check.at("code") == "permissions" || check.at("code") == "subscription")
            CHECK(check.at("state") == "ok");

    SUBCASE("each app loses its subscription when nobody needs it any more")
    {
        crm.at_meta([](simulator::State& meta) { meta.graph.appsecret_proof_required = false; });
        CHECK(subscribed(""));
        REQUIRE(globex->post("/api/v1/meta/pages/" + crm.page_id + "/disconnect").status == 200);
        CHECK_FALSE(subscribed(""));
        CHECK(subscribed("777"));
        REQUIRE(crm.disconnect(crm.page_id).status == 200);
        CHECK_FALSE(subscribed("777"));
    }
    SUBCASE("without the app its pages wait until Facebook is connected again")
    {
        REQUIRE(crm.owner.del("/api/v1/meta/app").status == 200);
        CHECK_FALSE(subscribed("777"));
        CHECK(crm.page(crm.page_id).at("connected") == false);
        CHECK(crm.page(crm.page_id).at("problems").at(0).at("code") == "reconnect");
        CHECK(crm.connection().at("person").is_null());
        REQUIRE(crm.log_in() == "/app/sources?connected=1");
        CHECK(crm.connection().at("own_app_id").is_null());
        CHECK(crm.page(crm.page_id).at("connected") == true);
        CHECK(crm.page(crm.page_id).at("problems").as_array().empty());
        CHECK(globex->get("/api/v1/meta/pages").json().at("data").at(0).at("connected") == true);
    }
}

TEST_CASE("own app: a server without a platform app works with it")
{
    FacebookWorkspace crm("", false);
    make_app(crm, "777");
    CHECK(crm.start(crm.owner) == "/app/sources?trouble=not_configured");
    CHECK(crm.connection().at("configured") == false);
    REQUIRE(
        crm.owner.put("/api/v1/meta/app", {{"app_id", "777"}, {"secret", secret}}).status == 200);
    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    CHECK(crm.connect(crm.page_id).status == 200);
}

TEST_CASE("own app: what it says about a person concerns its own organization only")
{
    FacebookWorkspace crm;
    make_app(crm, "777");
    auto globex = crm.other("Globex");
    REQUIRE(crm.follow(*globex, crm.answer_dialog(crm.start(*globex))).header("Location")
        == "/app/sources?connected=1");
    REQUIRE(globex->post("/api/v1/meta/pages/" + crm.page_id + "/connect").status == 200);
    REQUIRE(
        crm.owner.put("/api/v1/meta/app", {{"app_id", "777"}, {"secret", secret}}).status == 200);
    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    REQUIRE(crm.connect(crm.page_id).status == 200);

    HttpClient meta(crm.program.routes(), crm.program.site());
    const auto post = [&](const std::string& path, const std::string& key) {
        const auto text = crm.at_meta([&](simulator::State& state) {
            return simulator::signed_request(key, state.login.settings.person_id, state.clock.now(),
                false, simulator::SignedAs::good);
        });
        return meta
            .send({.method = "POST",
                .target = path,
                .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                .body = "signed_request=" + net::percent_encoded(text)})
            .status;
    };
    CHECK(post("/meta/deauthorize/888", secret) == 404);
    CHECK(post("/meta/deauthorize", secret) == 401);
    CHECK(post("/meta/deauthorize/777", crm.config.meta_app_secret) == 401);
    CHECK(post("/meta/deauthorize/777", secret) == 200);
    CHECK(crm.page(crm.page_id).at("connected") == false);
    CHECK(globex->get("/api/v1/meta/pages").json().at("data").at(0).at("connected") == true);
    CHECK_FALSE(globex->get("/api/v1/meta/connection").json().at("person").is_null());
    CHECK(post("/meta/data-deletion", crm.config.meta_app_secret) == 200);
    CHECK(globex->get("/api/v1/meta/pages").json().at("data").at(0).at("connected") == false);
}

}  // namespace leadcrm::testing
