// An organization's own Meta app: its webhook, and that what it delivers reaches nobody else.
#include "meta/delivery_list.hpp"
#include "meta/page.hpp"
#include "meta/signature.hpp"
#include "meta/sorter.hpp"
#include "meta/testing/facebook_workspace.hpp"

#include <doctest/doctest.h>

namespace leadcrm::testing {
namespace {

constexpr auto secret = "a-secret-of-acme-only";

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
    const std::string token(put.json().at("verify_token").as_string());
    const auto shaken =
        crm.owner.get(hook + "?hub.mode=subscribe&hub.challenge=42&hub.verify_token=" + token);
    CHECK(shaken.status == 200);
    CHECK(shaken.body == "42");
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
    meta::Sorter sorter(*crm.database);
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

}  // namespace leadcrm::testing
