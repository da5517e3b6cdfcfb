// Support access: what it opens, what stays closed, and every way in which it ends.
#include "app/testing/whole_product.hpp"
#include "leads/lead_intake.hpp"
#include "platform/testing/comes_true.hpp"
#include "platform_admin/suspension.hpp"
#include "support_access/support_grant.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <set>

namespace leadcrm::app {

using namespace testing;

namespace {

std::string text(const boost::json::value& value) { return std::string(value.as_string()); }

// Ana owns Acme, where one lead is; Ada operates the service.
struct House {
    Product product;
    HttpClient& ana = product.owner;
    HttpClient& ada = product.admin();
    OrganizationId acme =
        *OrganizationId::parse(text(ana.get("/api/v1/me").json().at("organization").at("id")));
    std::string lead;

    House()
    {
        const leads::Submission submission{.leadgen_id = "1",
            .contact = {"quince", "quince@example.com", ""},
            .source = {.channel = "meta", .page_id = "1", .page_name = "Page"},
            .submitted_at = Instant::now(),
            .received_at = Instant::now()};
        product.database->write(acme, [&](db::Tx& tx) { leads::take_in(tx, submission); });
        const auto found = product.database->read(acme, [](db::Reader& db) {
            return db.one<leads::LeadId>("SELECT id FROM leads WHERE organization_id = $1");
        });
        lead = "/api/v1/leads/" + found.text();
    }
    int grant(const char* length = "hour")
    {
        return ana
            .post("/api/v1/organization/support-access",
                {{"length", length}, {"reason", "The spring form."}})
            .status;
    }
    int end() { return ana.del("/api/v1/organization/support-access").status; }
    int visit(const OrganizationId& id)
    {
        return ada.post("/api/v1/platform/organizations/" + id.text() + "/visit").status;
    }
    void let_in()
    {
        REQUIRE(grant() == 201);
        REQUIRE(visit(acme) == 204);
        REQUIRE(ada.get(lead).status == 200);
    }
    // On the platform again, and nothing of the organization.
    void check_out()
    {
        CHECK(ada.get(lead).status == 403);
        CHECK_THROWS(ada.stream("/api/v1/stream"));
        CHECK(ada.get("/api/v1/me").json().at("organization").is_null());
        CHECK(ada.get("/api/v1/platform/organizations").status == 200);
    }
    template <class... A>
    void run(const std::string& sql, const A&... values)
    {
        product.database->write(acme, [&](db::Tx& tx) { tx.run(sql, values...); });
    }
};

}  // namespace

TEST_CASE("without a grant support is refused; with one it sees what an owner sees")
{
    House house;
    CHECK(house.visit(house.acme) == 403);
    CHECK(house.visit(OrganizationId::make()) == 404);
    CHECK(house.ada.get(house.lead).status == 403);

    house.let_in();
    const auto me = house.ada.get("/api/v1/me").json();
    CHECK(me.at("user").at("name") == "Ada");
    CHECK(me.at("organization").at("name") == "Acme");
    CHECK(me.at("is_support") == true);
    CHECK(me.at("is_platform_admin") == false);
    CHECK(house.ada.get("/api/v1/leads/count").json().at("count") == 1);
    CHECK(house.ada.get("/api/v1/members").status == 200);
    // While looking, support operates nothing.
    CHECK(house.ada.get("/api/v1/platform/organizations").status == 403);

    CHECK(house.ada.del("/api/v1/me/visit").status == 204);
    house.check_out();
    CHECK(house.visit(house.acme) == 204);
}

TEST_CASE("support changes nothing, and sees no keys, exports, files or what concerns accounts")
{
    House house;
    house.let_in();
    const std::set<std::string> shown_of_managing{"/api/v1/audit", "/api/v1/audit/retention",
        "/api/v1/invitations", "/api/v1/members", "/api/v1/organization/deletion", "/api/v1/plan",
        "/api/v1/retention", "/api/v1/teams"};
    const auto before = contents(*house.product.database);
    for (const auto& route : house.product.program.routes().all()) {
        if (!is_json_endpoint(route) || is_open(route) || route.path == "/api/v1/me"
            || route.path == "/api/v1/me/visit" || route.path == "/api/v1/me/view")
            continue;
        CAPTURE(route.method + " " + route.path);
        using http::Right;
        const auto right = route.endpoint.right;
        const bool reads = right == Right::read_leads || right == Right::read_reports
            || right == Right::read_sources;
        const bool is_shown = route.method == "GET"
            && ((reads && !route.shape.is_download) || shown_of_managing.contains(route.path));
        const auto answer = house.ada.send(request(route, has_body(route) ? "{}" : ""));
        CHECK((answer.status == 403) == !is_shown);
    }
    CHECK(contents(*house.product.database) == before);
    CHECK(house.ada.get("/api/v1/me").json().at("is_support") == true);
}

TEST_CASE("an owner ends it: the next request and the open stream are out at once")
{
    House house;
    house.let_in();
    const auto support = house.ada.stream("/api/v1/stream");
    const auto own = house.ana.stream("/api/v1/stream");
    support->texts(1);
    own->texts(1);
    CHECK(house.end() == 204);
    CHECK(comes_true([&] { return support->is_closed(); }));
    CHECK_FALSE(own->is_closed());
    CHECK(own->texts(2).back().find("support") != std::string::npos);
    house.check_out();
    CHECK(house.end() == 404);
    // Another grant is another: the old visit does not come back to life.
    CHECK(house.grant() == 201);
    CHECK(house.ada.get(house.lead).status == 403);
}

TEST_CASE("two grants of the same moment end together")
{
    House house;
    house.let_in();
    house.run(R"sql(
        INSERT INTO support_grants
            (organization_id, id, granted_by, granted_at, expires_at, reason)
        SELECT $1, $2, granted_by, granted_at, expires_at, reason
        FROM support_grants WHERE organization_id = $1
    )sql",
        accounts::SupportGrantId::make());
    CHECK(house.end() == 204);
    CHECK(house.ana.get("/api/v1/organization/support-access").json().at("grant").is_null());
    CHECK(house.visit(house.acme) == 403);
}

TEST_CASE("it ends by itself at its hour")
{
    House house;
    house.let_in();
    const auto support = house.ada.stream("/api/v1/stream");
    support->texts(1);
    house.run("UPDATE support_grants SET expires_at = $2 WHERE organization_id = $1",
        Instant::now() - std::chrono::seconds(1));
    house.check_out();
    CHECK(house.ana.get("/api/v1/organization/support-access").json().at("grant").is_null());
    // The job that was ordered for the hour closes what is open, and tells the log.
    house.product.database->write_platform([](db::PlatformTx& tx) {
        tx.run("UPDATE jobs SET run_at = $1 WHERE kind = 'support_access.end'", Instant::now());
    });
    house.product.program.start();
    CHECK(comes_true([&] { return support->is_closed(); }));
    CHECK(comes_true([&] {
        return house.ana.get("/api/v1/audit").body.find("Support access ended by itself")
            != std::string::npos;
    }));
    house.product.program.stop();
}

TEST_CASE("one organization's grant opens no other, and is no other's to end")
{
    House house;
    auto hank = house.product.stranger();
    REQUIRE(hank.post("/api/v1/auth/register",
                    {{"organization_name", "Globex"}, {"name", "Hank"},
                        {"email", "hank@globex.example"}, {"password", "correct horse battery"}})
                .status
        == 201);
    const auto globex =
        *OrganizationId::parse(text(hank.get("/api/v1/me").json().at("organization").at("id")));
    house.let_in();
    CHECK(hank.get("/api/v1/organization/support-access").json().at("grant").is_null());
    CHECK(hank.del("/api/v1/organization/support-access").status == 404);
    CHECK(house.ada.get(house.lead).status == 200);
    CHECK(house.ada.del("/api/v1/me/visit").status == 204);
    CHECK(house.visit(globex) == 403);
    // A session that says it is elsewhere is nowhere.
    CHECK(house.visit(house.acme) == 204);
    house.product.database->write_platform([&](db::PlatformTx& tx) {
        tx.run(
            "UPDATE sessions SET organization_id = $1 WHERE support_grant_id IS NOT NULL", globex);
    });
    CHECK(house.ada.get("/api/v1/leads").status == 403);
}

TEST_CASE("suspended, being deleted, or no platform admin any more: support is out")
{
    House house;
    house.let_in();
    SUBCASE("suspended")
    {
        const auto support = house.ada.stream("/api/v1/stream");
        support->texts(1);
        house.product.database->write_platform([&](db::PlatformTx& tx) {
            platform_admin::suspend(tx, {house.acme, {"The invoice is open."}});
        });
        CHECK(comes_true([&] { return support->is_closed(); }));
        house.check_out();
        CHECK(house.visit(house.acme) == 409);
    }
    SUBCASE("being deleted")
    {
        house.product.database->write_platform([&](db::PlatformTx& tx) {
            tx.run("INSERT INTO organization_deletions (organization_id, code, state, ordered_at,"
                   " delete_at, people, recipients, counts)"
                   " VALUES ($1, 'abc', 'running', 0, 0, '[]', '[]', '{}')",
                house.acme);
        });
        house.check_out();
        CHECK(house.visit(house.acme) == 409);
    }
    SUBCASE("no second factor any more")
    {
        house.product.database->write_platform(
            [&](db::PlatformTx& tx) { tx.run("DELETE FROM second_factors"); });
        CHECK(house.ada.get(house.lead).status == 403);
        CHECK(house.ada.get("/api/v1/platform/organizations").status == 403);
    }
    SUBCASE("dismissed")
    {
        house.product.database->write_platform([&](db::PlatformTx& tx) {
            accounts::dismiss_platform_admin(tx, "ada@operator.example");
        });
        CHECK(house.ada.get(house.lead).status == 401);
    }
}

TEST_CASE("only owners grant and end it; everybody in the organization sees it, owners what for")
{
    House house;
    house.let_in();
    CHECK(house.grant() == 409);
    CHECK(house.ada.del("/api/v1/organization/support-access").status == 403);
    const auto owners = house.ana.get("/api/v1/organization/support-access").json().at("grant");
    CHECK(owners.at("granted_by") == "Ana");
    CHECK(owners.at("reason") == "The spring form.");
    CHECK(owners.at("opened_at").is_string());
    const auto joe = UserId::make();
    auto joes = house.product.stranger();
    house.product.database->write_platform([&](db::PlatformTx& tx) {
        tx.run("INSERT INTO users (id, email, name, password_hash, created_at)"
               " VALUES ($1, 'joe@acme.example', 'Joe', '', 0)",
            joe);
        tx.run("INSERT INTO memberships (user_id, organization_id, role, created_at)"
               " VALUES ($1, $2, 'agent', 0)",
            joe, house.acme);
        joes.cookies["leadcrm_session"] =
            accounts::open_bound_session(tx, joe, house.acme, {"192.0.2.1", "test", ""}).token;
    });
    const auto agents = joes.get("/api/v1/organization/support-access").json().at("grant");
    CHECK(agents.at("granted_by") == "Ana");
    CHECK(agents.at("reason").is_null());
    CHECK(joes.del("/api/v1/organization/support-access").status == 403);
    CHECK(joes.del("/api/v1/me/visit").status == 403);
}

TEST_CASE("the audit log has all of it, as support's act, and owners get one letter")
{
    House house;
    house.product.database->write_platform(
        [](db::PlatformTx& tx) { tx.run("UPDATE users SET email_confirmed_at = 1"); });
    house.let_in();
    CHECK(house.ada.get("/api/v1/leads").status == 200);
    CHECK(house.ada.get("/api/v1/leads").status == 200);
    CHECK(house.ada.get("/api/v1/members").status == 200);
    CHECK(house.ada.del("/api/v1/me/visit").status == 204);
    CHECK(house.visit(house.acme) == 204);
    CHECK(house.end() == 204);
    const auto acts_of = [&](const std::string& kind) {
        std::multiset<std::string> acts;
        const auto log = house.ana.get("/api/v1/audit?limit=200").json();
        for (const auto& entry : log.at("data").as_array())
            if (entry.at("who").is_object() && entry.at("who").at("kind") == kind.c_str())
                acts.insert(text(entry.at("action")));
        return acts;
    };
    const std::multiset<std::string> by_support{"DELETE /api/v1/me/visit", "GET /api/v1/leads",
        "GET /api/v1/leads/{id}", "GET /api/v1/members",
        "POST /api/v1/platform/organizations/{id}/visit",
        "POST /api/v1/platform/organizations/{id}/visit"};
    // What is only read is put down beside the answer.
    CHECK(comes_true([&] { return acts_of("support") == by_support; }));
    CHECK(acts_of("person").count("POST /api/v1/organization/support-access") == 1);
    CHECK(acts_of("person").count("DELETE /api/v1/organization/support-access") == 1);

    house.product.program.start();
    const auto letters = [&] {
        return house.product.database->read_platform([](db::PlatformReader& db) {
            return db.rows<std::string>(
                "SELECT text FROM mails WHERE subject = 'Support has opened Acme'");
        });
    };
    CHECK(comes_true([&] { return !letters().empty(); }));
    house.product.program.stop();
    REQUIRE(letters().size() == 1);
    CHECK(letters()[0].find("The spring form.") != std::string::npos);
    CHECK(letters()[0].find("Ada") != std::string::npos);
}

}  // namespace leadcrm::app
