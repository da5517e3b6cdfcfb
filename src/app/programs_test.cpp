// What programs that ask rely on, asked of every endpoint: the scopes of keys, the audit log, and
// requests that come twice.
#include "api_keys/api_key.hpp"
#include "app/testing/whole_product.hpp"
#include "platform/http/idempotency.hpp"

#include <boost/json/serialize.hpp>

#include <doctest/doctest.h>

#include <functional>
#include <map>
#include <set>

namespace leadcrm::app {

using namespace testing;

namespace {

// What a program that reads may take out, and one that writes may hand out, goes with these.
std::string scope_of(const std::string& right)
{
    if (right == "export_leads") return "read_leads";
    return right == "assign_leads" ? "write_leads" : right;
}

}  // namespace

TEST_CASE("a key opens what its scopes say and nothing else")
{
    Product product;
    auto program = product.stranger();
    const auto key_for = [&](const std::function<bool(std::string_view)>& is_chosen) {
        boost::json::array scopes;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<api_keys::Scope>>(
            [&](auto scope) {
                if (is_chosen(scope.name)) scopes.emplace_back(scope.name);
            });
        const auto made =
            product.owner.post("/api/v1/keys", {{"name", "Program"}, {"scopes", scopes}});
        return made.status == 201 ? std::string(made.json().at("token").as_string()) : "";
    };
    std::map<std::string, std::string> with_all_but;
    std::map<std::string, std::string> with_only;
    for (const auto& route : product.program.routes().all()) {
        if (is_open(route) || !is_json_endpoint(route)) continue;
        const std::string right = boost::describe::enum_to_string(route.endpoint.right, "");
        CAPTURE(route.method + " " + route.path);
        if (!with_all_but.contains(right)) {
            const auto scope = scope_of(right);
            with_all_but[right] = key_for([&](std::string_view name) { return name != scope; });
            with_only[right] = key_for([&](std::string_view name) { return name == scope; });
        }
        const auto ask = [&](const std::string& token) {
            auto made = request(route, has_body(route) ? "{}" : "");
            made.headers.emplace_back("Authorization", "Bearer " + token);
            made.headers.emplace_back("Origin", "");
            return program.send(std::move(made));
        };
        const auto refused = ask(with_all_but.at(right));
        CHECK(refused.status == 403);
        CHECK(refused.body.find(right) != std::string::npos);
        check_problem(refused);
        // What `work` does may reach out to Meta.
        const bool stays_here = !std::holds_alternative<http::Route::Work>(route.run);
        if (with_only.at(right).empty() || !stays_here) continue;
        const auto let_in = ask(with_only.at(right));
        CHECK(let_in.status != 401);
        CHECK(let_in.status != 403);
    }
    // What is for people only no key can be given.
    CHECK(with_only.at("manage_organization").empty());
    CHECK(with_only.at("read_leads").starts_with("lcrm_"));
}

TEST_CASE("every change is recorded, whichever endpoint makes it")
{
    Product product;
    // What is not asked through the dispatcher's pipeline records by itself, or changes nothing of
    // an organization by the act of a person.
    const std::set<std::string> by_themselves{"GET /webhooks/meta", "POST /webhooks/meta",
        "GET /webhooks/meta/{app_id}", "POST /webhooks/meta/{app_id}", "GET /meta/oauth/start",
        "GET /meta/oauth/callback", "POST /meta/deauthorize", "POST /meta/deauthorize/{app_id}",
        "POST /meta/data-deletion", "POST /meta/data-deletion/{app_id}", "GET /api/v1/auth/company",
        "GET /api/v1/auth/company/callback", "GET /data-deletion/look-up", "GET /pricing",
        "GET /data-deletion/{code}", "GET /healthz", "GET /readyz", "GET /api/openapi.json",
        "GET /status"};
    const auto entries = [&] {
        return product.owner.get("/api/v1/audit?limit=200").json().at("data").as_array().size();
    };
    const auto as_they_are = boost::json::object{{"keep_days", 365}};
    for (const auto& route : product.program.routes().all()) {
        CAPTURE(route.method + " " + route.path);
        if (std::holds_alternative<http::Route::Raw>(route.run))
            CHECK(by_themselves.contains(route.method + " " + route.path));
        if (!std::holds_alternative<http::Route::Write>(route.run)) continue;
        const auto before = entries();
        const auto body = route.path == "/api/v1/audit/retention"
            ? boost::json::serialize(as_they_are)
            : std::string(has_body(route) ? "{}" : "");
        const auto answer = product.owner.send(request(route, body));
        CHECK(entries() == before + (answer.status < 400 ? 1 : 0));
    }
    CHECK(entries() > 2);
}

TEST_CASE("every POST of somebody who is known takes an Idempotency-Key")
{
    Product product;
    int asked = 0;
    for (const auto& route : product.program.routes().all()) {
        if (!http::is_repeatable(route)) continue;
        CAPTURE(route.path);
        const auto send = [&](const std::string& key, const std::string& body) {
            auto made = request(route, body);
            made.headers.emplace_back("Idempotency-Key", key);
            return product.owner.send(std::move(made));
        };
        ++asked;
        for (const auto& bad :
            {std::string(), std::string("\"\""), std::string(256, 'k'), std::string("two words")}) {
            const auto refused = send(bad, "{}");
            CHECK(refused.status == 400);
            check_problem(refused);
        }
        // What `work` does may reach out to Meta.
        if (!std::holds_alternative<http::Route::Write>(route.run)) continue;
        const auto body = std::string(has_body(route) ? "{}" : "");
        const auto first = send("one:" + route.path, body);
        const auto second = send("one:" + route.path, body);
        CHECK(second.status == first.status);
        if (first.status >= 400) continue;
        CHECK(second.body == first.body);
        if (has_body(route)) CHECK(send("one:" + route.path, body + " ").status == 422);
    }
    CHECK(asked > 5);
}

TEST_CASE("a request that comes again with its key does nothing and is answered as before")
{
    Product product;
    const auto make = [&](const std::string& key, const std::string& label) {
        return product.owner.post(
            "/api/v1/fields", {{"label", label}, {"type", "text"}}, {{"Idempotency-Key", key}});
    };
    const auto first = make("\"8e03978e\"", "Plan");
    REQUIRE(first.status == 201);
    const auto again = make("8e03978e", "Plan");
    CHECK(again.status == 201);
    CHECK(again.body == first.body);
    CHECK(again.header("ETag") == first.header("ETag"));
    CHECK(make("8e03978e", "Tariff").status == 422);
    CHECK(make("another", "Tariff").status == 201);
    // What failed did nothing, so it may be tried again.
    CHECK(make("third", "").status == 422);
    CHECK(make("third", "Size").status == 201);
    CHECK(product.owner.get("/api/v1/fields").json().at("data").as_array().size() == 3);

    // A day later it is a new request.
    const auto id = *OrganizationId::parse(std::string(
        product.owner.get("/api/v1/me").json().at("organization").at("id").as_string()));
    product.database->write(id, [](db::Tx& tx) {
        tx.run("UPDATE given_answers SET at = $2 WHERE organization_id = $1",
            Instant::now() - http::answers_kept);
    });
    CHECK(make("another", "Colour").status == 201);
}

TEST_CASE("keys of others are others, and a secret that is answered again lies sealed")
{
    Product product;
    auto other = product.stranger();
    REQUIRE(other
                .post("/api/v1/auth/register",
                    {{"organization_name", "Globex"}, {"name", "Hank"},
                        {"email", "hank@globex.example"}, {"password", "correct horse battery"}})
                .status
        == 201);
    const auto make = [](leadcrm::testing::HttpClient& browser) {
        return browser.post("/api/v1/keys", {{"name", "Program"}, {"scopes", {"read_leads"}}},
            {{"Idempotency-Key", "one"}});
    };
    const auto first = make(product.owner);
    REQUIRE(first.status == 201);
    CHECK(make(product.owner).body == first.body);
    CHECK(make(other).body != first.body);
    CHECK(product.owner.get("/api/v1/keys").json().at("data").as_array().size() == 1);
    const auto id = *OrganizationId::parse(std::string(
        product.owner.get("/api/v1/me").json().at("organization").at("id").as_string()));
    const auto stored = product.database->read(id, [](db::Reader& db) {
        return db.one<db::Blob>("SELECT answer FROM given_answers WHERE organization_id = $1");
    });
    CHECK(stored.bytes.find("lcrm_") == std::string::npos);
}

TEST_CASE("a key whose request is still at work is refused until it is done")
{
    http::KeysAtWork keys;
    auto held = keys.hold("one");
    CHECK_THROWS_AS(keys.hold("one"), Failure);
    CHECK_NOTHROW(keys.hold("two"));
    held.reset();
    CHECK_NOTHROW(keys.hold("one"));
}

}  // namespace leadcrm::app
