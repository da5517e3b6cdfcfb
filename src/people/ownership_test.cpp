// Passing on an organization, over the routes.
#include "accounts/account_api.hpp"
#include "audit/audit.hpp"
#include "people/ownership_api.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/http_client.hpp"
#include "platform/testing/vault.hpp"

#include <doctest/doctest.h>

namespace leadcrm::people {
namespace {

using leadcrm::testing::HttpClient;

constexpr auto password = "correct horse battery";

// Ana owns Acme; Ben is an agent there.
struct Acme {
    leadcrm::testing::TestDatabase database;
    http::Routes routes;
    HttpClient ana{all_routes(), site()};
    HttpClient ben{routes, site()};
    std::string ben_id;

    Acme()
    {
        REQUIRE(registers(ana, "Acme", "ana@acme.example") == 201);
        REQUIRE(registers(ben, "Bens", "ben@acme.example") == 201);
        ben_id = std::string(ben.get("/api/v1/me").json().at("user").at("id").as_string());
        database->write_platform([](db::PlatformTx& tx) {
            tx.run("UPDATE users SET email_confirmed_at = 1");
            for (const auto* table : {"memberships", "sessions"})
                tx.run("UPDATE " + std::string(table)
                    + " SET organization_id = (SELECT id FROM organizations WHERE name = 'Acme')"
                      " WHERE user_id = (SELECT id FROM users WHERE email = 'ben@acme.example')");
            tx.run("UPDATE memberships SET role = 'agent' WHERE user_id ="
                   " (SELECT id FROM users WHERE email = 'ben@acme.example')");
        });
    }
    http::Routes& all_routes()
    {
        const auto& vault = leadcrm::testing::vault();
        accounts::add_routes(routes, *database, vault, {}, [](db::Tx&) {});
        add_ownership_routes(routes, *database, accounts::Reauthentication(*database, vault, {}));
        return routes;
    }
    http::Site site()
    {
        return {.database = &*database,
            .authenticate = accounts::authenticator(*database),
            .session_cookie = accounts::cookie_name(false),
            .public_url = "http://crm.example.com",
            .record = audit::recorder()};
    }
    static int registers(HttpClient& who, const std::string& organization, const std::string& email)
    {
        return who
            .post("/api/v1/auth/register",
                {{"organization_name", organization}, {"name", "Somebody"}, {"email", email},
                    {"password", password}})
            .status;
    }
    int passes_on(const std::string& to, const std::string& with = password)
    {
        return ana
            .post(
                "/api/v1/members/" + to + "/ownership", {{"password", with}, {"becomes", "agent"}})
            .status;
    }
    std::string role(HttpClient& who, const std::string& email)
    {
        REQUIRE(who.post("/api/v1/auth/login", {{"email", email}, {"password", password}}).status
            == 200);
        return std::string(who.get("/api/v1/me").json().at("role").as_string());
    }
};

}  // namespace

TEST_CASE("an owner passes the organization on with the password, and both are told")
{
    Acme acme;
    CHECK(acme.passes_on(acme.ben_id, "a guess") == 422);
    CHECK(acme.passes_on(UserId::make().text()) == 404);
    REQUIRE(acme.passes_on(acme.ben_id) == 204);
    CHECK(acme.ana.get("/api/v1/me").status == 401);
    CHECK(acme.ben.get("/api/v1/me").status == 401);
    CHECK(acme.role(acme.ana, "ana@acme.example") == "agent");
    CHECK(acme.role(acme.ben, "ben@acme.example") == "owner");
    CHECK(acme.passes_on(acme.ben_id) == 403);

    const auto letters = acme.database->read_platform([](db::PlatformReader& db) {
        return db.one<std::int64_t>(
            "SELECT COUNT(*) FROM jobs WHERE kind = 'people.ownership_letter'");
    });
    CHECK(letters == 2);
    const auto recorded = acme.database->read_platform([&](db::PlatformReader& db) {
        const auto organization =
            db.one<OrganizationId>("SELECT id FROM organizations WHERE name = 'Acme'");
        return db.in_organization(organization)
            .one<std::int64_t>("SELECT COUNT(*) FROM audit_log WHERE organization_id = $1"
                               " AND action = 'POST /api/v1/members/{id}/ownership'"
                               " AND object = $2 AND outcome = 'done'",
                acme.ben_id);
    });
    CHECK(recorded == 1);
}

TEST_CASE("an organization is passed on to nobody whose address is not known to be theirs")
{
    Acme acme;
    acme.database->write_platform(
        [](db::PlatformTx& tx) { tx.run("UPDATE users SET email_confirmed_at = NULL"); });
    CHECK(acme.passes_on(acme.ben_id) == 409);
    CHECK(acme.role(acme.ana, "ana@acme.example") == "owner");
}

}  // namespace leadcrm::people
