// What holds for every endpoint, asked of every endpoint: the cases are made from the route table,
// so a new one cannot be forgotten. The database is looked at afterwards: a refusal stores nothing.
#include "app/testing/whole_product.hpp"
#include "platform_admin/suspension.hpp"

#include <boost/json/serialize.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

namespace leadcrm::app {

using namespace testing;

TEST_CASE("every route declares what it is for, and every address is spoken for once")
{
    Product product;
    std::set<std::string> seen;
    for (const auto& route : product.program.routes().all()) {
        CAPTURE(route.path);
        CHECK(route.endpoint.summary.size() > 4);
        CHECK(seen.insert(route.method + " " + route.path).second);
        // Everybody may call what signs people in, Meta's webhooks and callbacks, the monitor,
        // whether the service works and what it costs; nothing else.
        const bool known_as_open = route.path.starts_with("/api/v1/auth/")
            || route.path.starts_with("/webhooks/meta") || route.path.starts_with("/meta/")
            || route.path.starts_with("/data-deletion/") || route.path == "/healthz"
            || route.path == "/readyz" || route.path == "/api/openapi.json"
            || route.path == "/status" || route.path == "/pricing"
            || route.path == "/api/v1/status";
        CHECK(is_open(route) == known_as_open);
        // All that is left to whoever still has to set up a second factor, and how long the
        // organization exists.
        if (route.endpoint.right == http::Right::signed_in
            || route.endpoint.right == http::Right::own_account)
            CHECK((route.path.starts_with("/api/v1/me")
                || route.method + " " + route.path == "GET /api/v1/organization/deletion"));
    }
    CHECK(seen.size() > 12);
}

TEST_CASE("nobody gets anything without signing in")
{
    Product product;
    auto stranger = product.stranger();
    for (const auto& route : product.program.routes().all()) {
        if (is_open(route) || !is_json_endpoint(route)) continue;
        CAPTURE(route.path);
        const auto answer = stranger.send(request(route, has_body(route) ? "{}" : ""));
        CHECK(answer.status == 401);
        check_problem(answer);
    }
    CHECK_THROWS(stranger.stream("/api/v1/stream"));
}

TEST_CASE(
    "members of a suspended organization get nothing but why and the way out, until it is restored")
{
    Product product;
    const auto organization = OrganizationId::parse(std::string(
        product.owner.get("/api/v1/me").json().at("organization").at("id").as_string()));
    REQUIRE(organization);
    product.database->write_platform([&](db::PlatformTx& tx) {
        platform_admin::suspend(tx, {*organization, {"The invoice is open."}});
    });
    using http::Right;
    const auto check_that_only = [&](const std::set<Right>& rights) {
        for (const auto& route : product.program.routes().all()) {
            if (is_open(route) || !is_json_endpoint(route)) continue;
            CAPTURE(route.path);
            const auto right = route.endpoint.right;
            if (right == Right::signed_in || right == Right::own_account) continue;
            const auto answer = product.owner.send(request(route, has_body(route) ? "{}" : ""));
            CHECK((answer.status == 403) == !rights.contains(right));
            if (answer.status >= 400) check_problem(answer);
        }
        CHECK_THROWS(product.owner.stream("/api/v1/stream"));
    };
    check_that_only({Right::export_leads, Right::own_data});
    CHECK(product.owner.post("/api/v1/exports", {{"kind", "organization"}}).status == 202);
    product.database->write_platform(
        [](db::PlatformTx& tx) { tx.run("UPDATE memberships SET role = 'agent'"); });
    check_that_only({});
    product.database->write_platform(
        [](db::PlatformTx& tx) { tx.run("UPDATE memberships SET role = 'owner'"); });
    const auto me = product.owner.get("/api/v1/me").json();
    CHECK(me.at("organization").at("suspension") == "The invoice is open.");
    CHECK(me.at("rights").as_array().size() == 4);

    product.database->write_platform([&](db::PlatformTx& tx) {
        platform_admin::restore(tx, {*organization, {"It is paid."}});
    });
    CHECK(product.owner.get("/api/v1/leads").status == 200);
    CHECK(product.owner.get("/api/v1/me").json().at("organization").at("suspension").is_null());
}

TEST_CASE("another site cannot change anything through a signed-in browser")
{
    Product product;
    product.admin();
    const auto before = contents(*product.database);
    for (const auto& route : product.program.routes().all()) {
        if (!is_json_endpoint(route) || route.method == "GET") continue;
        CAPTURE(route.path);
        for (const auto* origin :
            {"https://elsewhere.example", "null", "http://crm.example.com.evil"}) {
            auto made = request(route, has_body(route) ? "{}" : "");
            made.headers.emplace_back("Origin", origin);
            const auto answer = product.caller_of(route).send(std::move(made));
            CHECK(answer.status == 403);
            check_problem(answer);
        }
    }
    CHECK(contents(*product.database) == before);
}

TEST_CASE("a body that is not what it should be is refused with words, and nothing is stored")
{
    Product product;
    product.admin();
    const auto before = contents(*product.database);
    const std::pair<std::string, int> bodies[] = {
        {"{", 400},
        {"\"\xff\xfe\"", 400},
        {"[]", 400},
        {"null", 400},
        {"7", 400},
        {std::string(40, '[') + std::string(40, ']'), 400},
        {R"({"no_such_field":1})", 422},
    };
    for (const auto& route : product.program.routes().all()) {
        if (!has_body(route)) continue;
        CAPTURE(route.path);
        for (const auto& bad : bodies) {
            CAPTURE(bad.first);
            const auto answer = product.caller_of(route).send(request(route, bad.first));
            CHECK((answer.status == bad.second || answer.status == 404));
            check_problem(answer);
        }
        auto typed = request(route, "a=1");
        typed.headers = {
            {"If-Match", "\"1\""}, {"Content-Type", "application/x-www-form-urlencoded"}};
        CHECK(product.caller_of(route).send(typed).status == 415);
    }
    CHECK(contents(*product.database) == before);
}

TEST_CASE("each field of each body is refused when its type is wrong or its text too long")
{
    Product product;
    product.admin();
    const auto before = contents(*product.database);
    const boost::json::value wrong_values[] = {
        {{"a", 1}}, boost::json::array{1}, boost::json::string(20'000, 'x'), 1e300, "\xc3\xa9\x01"};
    for (const auto& route : product.program.routes().all()) {
        if (!has_body(route)) continue;
        for (const auto& member : route.shape.members()) {
            if (member.is_if_match
                || route.path.find("{" + std::string(member.name)) != std::string::npos)
                continue;
            // Any JSON may be meant for one: export_test asks for what is none.
            if (member.name == std::string_view("filter")) continue;
            for (const auto& value : wrong_values) {
                CAPTURE(route.path);
                CAPTURE(member.name);
                const boost::json::object body{{std::string(member.name), value}};
                const auto answer =
                    product.caller_of(route).send(request(route, boost::json::serialize(body)));
                CHECK((answer.status == 422 || answer.status == 404));
                check_problem(answer);
                if (answer.status != 422) continue;
                const auto fields = answer.wrong_fields();
                // Of a list, the element is named.
                CHECK(std::any_of(fields.begin(), fields.end(),
                    [&](const std::string& field) { return field.starts_with(member.name); }));
            }
        }
    }
    CHECK(contents(*product.database) == before);
}

TEST_CASE("each parameter of each address is refused by name when it cannot be meant")
{
    Product product;
    for (const auto& route : product.program.routes().all()) {
        if (!is_json_endpoint(route) || route.ask_source() != http::AskSource::query) continue;
        CAPTURE(route.path);
        auto made = request(route);
        made.target += "?no_such_parameter=1";
        const auto answer = product.caller_of(route).send(made);
        CHECK((answer.status == 422 || answer.status == 404));
        check_problem(answer);
        for (const auto& member : route.shape.members()) {
            CAPTURE(member.name);
            auto each = request(route);
            each.target += "?" + std::string(member.name) + "=%00%ff'%22%3B--";
            const int status = product.caller_of(route).send(each).status;
            CHECK((status == 400 || status == 422 || status == 404));
        }
    }
}

TEST_CASE("a method that is not there is named with those that are")
{
    Product product;
    for (const auto& route : product.program.routes().all()) {
        CAPTURE(route.path);
        auto made = request(route);
        const auto is_there = [&](const http::Route& each) {
            return each.path == route.path && each.method == "PUT";
        };
        const auto& all = product.program.routes().all();
        made.method = std::any_of(all.begin(), all.end(), is_there) ? "PATCH" : "PUT";
        const auto answer = product.owner.send(made);
        CHECK(answer.status == 405);
        CHECK(answer.header("Allow").find(route.method) != std::string::npos);
    }
    CHECK(product.owner.get("/api/v1/no-such-thing").status == 404);
}

TEST_CASE("an organization's ids are worth nothing in another")
{
    Product product;
    auto other = product.stranger();
    REQUIRE(other
                .post("/api/v1/auth/register",
                    {{"organization_name", "Globex"}, {"name", "Hank"},
                        {"email", "hank@globex.example"}, {"password", "correct horse battery"}})
                .status
        == 201);
    const auto stages = product.owner.get("/api/v1/stages").json().at("data").as_array();
    const auto theirs = other.get("/api/v1/stages").json().at("data").as_array();
    REQUIRE(stages.size() == theirs.size());
    for (const auto& mine : stages)
        for (const auto& their : theirs) CHECK(mine.at("id") != their.at("id"));
}

}  // namespace leadcrm::app
