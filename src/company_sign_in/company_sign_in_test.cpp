// Sign-ins through a small issuer that lies in every way there is, and what a session is worth that
// an issuer vouched for.
#include "accounts/account_api.hpp"
#include "company_sign_in/company_sign_in_api.hpp"
#include "company_sign_in/testing/small_issuer.hpp"
#include "people/people_api.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/http_client.hpp"
#include "platform/testing/vault.hpp"

#include <doctest/doctest.h>

namespace leadcrm::company_sign_in {
namespace {

using leadcrm::testing::Answer;
using leadcrm::testing::HttpClient;
using leadcrm::testing::SmallIssuer;

constexpr auto url = "http://crm.example.com";
constexpr auto path = "/api/v1/organization/company-sign-in";

// Acme, whose owner is Ana; her address is confirmed. `ana` is signed in with her password.
struct Acme {
    leadcrm::testing::TestDatabase database;
    net::Client net;
    Settings settings;
    Desk desk;
    http::Routes routes;
    SmallIssuer issuer;
    HttpClient ana;
    HttpClient browser;

    explicit Acme(bool allows_private = true)
        : settings{url, allows_private, false}
        , desk(*database, leadcrm::testing::vault(), net, settings)
        , ana(all_routes(), site())
        , browser(routes, site())
    {
        REQUIRE(registers(ana, "Acme", "ana@acme.example") == 201);
        confirm("ana@acme.example");
    }
    http::Routes& all_routes()
    {
        accounts::add_routes(routes, *database, leadcrm::testing::vault(), {}, [](db::Tx&) {});
        people::add_routes(routes, *database, {url, false});
        desk.add_routes(routes);
        return routes;
    }
    http::Site site()
    {
        return {.database = &*database,
            .authenticate = accounts::authenticator(*database),
            .session_cookie = accounts::cookie_name(false),
            .public_url = url};
    }
    static int registers(HttpClient& who, const std::string& organization, const std::string& email)
    {
        return who
            .post("/api/v1/auth/register",
                {{"organization_name", organization}, {"name", "Somebody"}, {"email", email},
                    {"password", "correct horse battery"}})
            .status;
    }
    void confirm(const std::string& email)
    {
        database->write_platform([&](db::PlatformTx& tx) {
            tx.run("UPDATE users SET email_confirmed_at = 1 WHERE email = $1", email);
        });
    }
    int sets_up(boost::json::object changes = {})
    {
        boost::json::object ask{{"issuer", issuer.url()}, {"client_id", "crm"},
            {"client_secret", "s3cret"}, {"domains", boost::json::array{"acme.example"}},
            {"is_only_way", false}};
        for (const auto& each : changes) ask[each.key()] = each.value();
        return ana.put(path, ask).status;
    }
    std::string departs(HttpClient& who, const std::string& by = "domain=acme.example")
    {
        return who.get("/api/v1/auth/company?" + by).header("Location");
    }
    static std::string comes_back(HttpClient& who, const std::string& with)
    {
        return who.get("/api/v1/auth/company/callback?" + with).header("Location");
    }
    // Where the browser is in the end.
    std::string signs_in(HttpClient& who)
    {
        auto location = departs(who);
        if (!location.starts_with(issuer.url())) return location;
        return comes_back(who, issuer.agree(location));
    }
    std::string says(
        boost::json::object claims, SmallIssuer::Signing signing = SmallIssuer::Signing::rs256)
    {
        issuer.claims = std::move(claims);
        issuer.signing = signing;
        HttpClient who(routes, site());
        auto end = signs_in(who);
        CHECK(who.get("/api/v1/me").status == (end == "/app/leads" ? 200 : 401));
        return end;
    }
    std::string tries()
    {
        const auto tried = ana.post(std::string(path) + "/try").json();
        return tried.at("trouble").is_null() ? "" : std::string(tried.at("trouble").as_string());
    }
    std::int64_t refusals()
    {
        return database->read_platform([](db::PlatformReader& db) {
            const auto organization = db.one<OrganizationId>("SELECT id FROM organizations");
            return db.in_organization(organization)
                .one<std::int64_t>("SELECT COUNT(*) FROM audit_log"
                                   " WHERE organization_id = $1 AND outcome = 'refused'");
        });
    }
};

std::string trouble(const std::string& word) { return "/app/sign-in?company=" + word; }

}  // namespace

TEST_CASE("a member signs in with the company's account, found by the domain or by the link")
{
    Acme acme;
    CHECK(acme.departs(acme.browser) == trouble("not_set_up"));
    REQUIRE(acme.sets_up() == 204);
    const auto shown = acme.ana.get(path);
    CHECK(shown.body.find("s3cret") == std::string::npos);
    CHECK(shown.json().at("domains").at(0).at("is_found") == true);

    CHECK(acme.signs_in(acme.browser) == "/app/leads");
    const auto me = acme.browser.get("/api/v1/me").json();
    CHECK(me.at("user").at("email") == "ana@acme.example");
    CHECK(me.at("role") == "owner");

    acme.issuer.signing = SmallIssuer::Signing::es256;
    const auto link = std::string(shown.json().at("sign_in_url").as_string());
    HttpClient second(acme.routes, acme.site());
    const auto location = acme.departs(second, link.substr(link.find('?') + 1));
    CHECK(Acme::comes_back(second, acme.issuer.agree(location)) == "/app/leads");
}

TEST_CASE("a token that lies about anything signs nobody in")
{
    Acme acme;
    REQUIRE(acme.sets_up() == 204);
    const auto now = Instant::now().unix_seconds();
    using Signing = SmallIssuer::Signing;
    CHECK(acme.says({}, Signing::other_key) == trouble("wrong_signature"));
    CHECK(acme.says({}, Signing::none) == trouble("wrong_signature"));
    CHECK(acme.says({}, Signing::hs256_with_public_key) == trouble("wrong_signature"));
    CHECK(acme.says({{"nonce", "another"}}) == trouble("wrong_nonce"));
    CHECK(acme.says({{"nonce", nullptr}}) == trouble("wrong_nonce"));
    CHECK(acme.says({{"aud", "another"}}) == trouble("wrong_audience"));
    CHECK(acme.says({{"aud", {"crm", "another"}}}) == trouble("wrong_audience"));
    CHECK(acme.says({{"azp", "another"}}) == trouble("wrong_audience"));
    CHECK(acme.says({{"iss", "https://elsewhere.example"}}) == trouble("wrong_issuer"));
    CHECK(acme.says({{"exp", now - 180}}) == trouble("token_expired"));
    CHECK(acme.says({{"exp", "never"}}) == trouble("token_expired"));
    CHECK(acme.says({{"iat", now + 600}}) == trouble("token_expired"));
    CHECK(acme.says({{"email_verified", false}}) == trouble("email_unverified"));
    CHECK(acme.says({{"email_verified", nullptr}}) == trouble("email_unverified"));
    CHECK(acme.says({{"email", "ana@elsewhere.example"}}) == trouble("other_domain"));
    CHECK(acme.says({{"email", "ana@acme.example.evil"}}) == trouble("other_domain"));
    CHECK(acme.says({{"sub", ""}}) == trouble("no_subject"));
    CHECK(acme.says({{"email", "ben@acme.example"}}) == trouble("no_member"));
    CHECK(acme.refusals() == 18);
    // A clock that is a little behind is forgiven, and so is a list with only us in it.
    CHECK(acme.says({{"exp", now - 60}, {"aud", {"crm"}}}) == "/app/leads");
}

TEST_CASE("the way back works once, and only in the browser that set out")
{
    Acme acme;
    REQUIRE(acme.sets_up() == 204);
    const auto back = acme.issuer.agree(acme.departs(acme.browser));
    HttpClient thief(acme.routes, acme.site());
    CHECK(Acme::comes_back(thief, back) == trouble("begun_elsewhere"));
    acme.departs(thief);
    CHECK(Acme::comes_back(thief, back) == trouble("begun_elsewhere"));
    CHECK(Acme::comes_back(acme.browser, back) == "/app/leads");
    CHECK(Acme::comes_back(acme.browser, back) == trouble("begun_elsewhere"));

    // A code that another browser was given is worth nothing with one's own state: PKCE.
    const auto theirs = acme.issuer.agree(acme.departs(acme.browser));
    const auto mine = acme.departs(thief);
    const auto state = mine.substr(mine.find("&state=") + 1);
    CHECK(Acme::comes_back(
              thief, state.substr(0, state.find('&')) + theirs.substr(theirs.find("&code=")))
        == trouble("code_refused"));

    const auto other = acme.departs(acme.browser);
    CHECK(Acme::comes_back(acme.browser, acme.issuer.agree(other) + "&iss=https://evil.example")
        == trouble("wrong_issuer"));
}

TEST_CASE("a person is known by the subject: an address that goes to another opens nothing")
{
    Acme acme;
    REQUIRE(acme.sets_up() == 204);
    CHECK(acme.says({}) == "/app/leads");
    CHECK(acme.says({{"email", "renamed@acme.example"}}) == "/app/leads");
    CHECK(acme.says({{"sub", "8"}}) == trouble("other_subject"));
}

TEST_CASE("an address that is not confirmed is nobody's")
{
    Acme acme;
    REQUIRE(acme.sets_up() == 204);
    acme.database->write_platform(
        [](db::PlatformTx& tx) { tx.run("UPDATE users SET email_confirmed_at = NULL"); });
    CHECK(acme.says({}) == trouble("address_unconfirmed"));
}

TEST_CASE("whoever is invited joins, with an account whose address nobody has confirmed")
{
    Acme acme;
    REQUIRE(acme.sets_up() == 204);
    REQUIRE(acme.ana
                .post("/api/v1/invitations",
                    {{"emails", boost::json::array{"ben@acme.example"}}, {"role", "agent"}})
                .status
        == 201);
    acme.issuer.claims = {{"sub", "9"}, {"email", "ben@acme.example"}, {"name", "Ben"}};
    CHECK(acme.signs_in(acme.browser) == "/app/leads");
    const auto me = acme.browser.get("/api/v1/me").json();
    CHECK(me.at("user").at("name") == "Ben");
    CHECK(me.at("user").at("is_email_confirmed") == false);
    CHECK(me.at("role") == "agent");
    CHECK(acme.ana.get("/api/v1/invitations").json().at("data").as_array().empty());

    // Taken out, the account of the company opens nothing.
    const auto id = std::string(me.at("user").at("id").as_string());
    REQUIRE(acme.ana.post("/api/v1/members/" + id + "/deactivation").status == 204);
    CHECK(acme.browser.get("/api/v1/me").status == 401);
    CHECK(acme.says(acme.issuer.claims) == trouble("no_member"));
}

TEST_CASE(
    "an issuer cannot take over an account: not by an invitation, nor beyond its organization")
{
    Acme acme;
    HttpClient vic(acme.routes, acme.site());
    REQUIRE(Acme::registers(vic, "Globex", "vic@globex.example") == 201);
    acme.confirm("vic@globex.example");

    // Acme's owner has an issuer that says it is Vic.
    REQUIRE(acme.sets_up({{"domains", {"acme.example", "globex.example"}}}) == 204);
    CHECK(acme.departs(acme.browser, "domain=globex.example") == trouble("not_set_up"));
    REQUIRE(acme.ana
                .post("/api/v1/invitations",
                    {{"emails", boost::json::array{"vic@globex.example"}}, {"role", "agent"}})
                .status
        == 201);
    acme.issuer.claims = {{"sub", "666"}, {"email", "vic@globex.example"}};
    CHECK(acme.says(acme.issuer.claims) == trouble("sign_in_first"));

    // Even when Vic is a member of Acme, what the issuer opens is Acme alone.
    acme.database->write_platform([](db::PlatformTx& tx) {
        tx.run("INSERT INTO memberships (user_id, organization_id, role, created_at)"
               " SELECT u.id, o.id, 'agent', 1 FROM users u, organizations o"
               " WHERE u.email = 'vic@globex.example' AND o.name = 'Acme'"
               " ON CONFLICT DO NOTHING");
    });
    CHECK(acme.signs_in(acme.browser) == "/app/leads");
    const auto me = acme.browser.get("/api/v1/me").json();
    CHECK(me.at("organization").at("name") == "Acme");
    CHECK(me.at("organizations").as_array().size() == 1);
    const auto globex = vic.get("/api/v1/me").json().at("organization").at("id");
    CHECK(
        acme.browser.post("/api/v1/me/organization", {{"organization_id", globex}}).status == 403);
    CHECK(acme.browser.put("/api/v1/me/profile", {{"name", "Mallory"}}).status == 403);
    CHECK(acme.browser.get("/api/v1/me/sessions").status == 403);
    CHECK(acme.browser.post("/api/v1/me/second-factor", {{"password", "correct horse battery"}})
              .status
        == 403);
    CHECK(vic.get("/api/v1/me/sessions").status == 200);
}

TEST_CASE("as the only way in, it shuts out passwords of all but owners, at once")
{
    Acme acme;
    HttpClient ben(acme.routes, acme.site());
    REQUIRE(Acme::registers(ben, "Bens", "ben@acme.example") == 201);
    acme.database->write_platform([](db::PlatformTx& tx) {
        tx.run("UPDATE memberships SET role = 'agent', organization_id ="
               " (SELECT id FROM organizations WHERE name = 'Acme')"
               " WHERE user_id = (SELECT id FROM users WHERE email = 'ben@acme.example')");
        tx.run("UPDATE sessions SET organization_id ="
               " (SELECT id FROM organizations WHERE name = 'Acme')"
               " WHERE user_id = (SELECT id FROM users WHERE email = 'ben@acme.example')");
    });
    CHECK(ben.get("/api/v1/me").status == 200);
    REQUIRE(acme.sets_up({{"is_only_way", true}}) == 204);
    CHECK(ben.get("/api/v1/me").status == 401);
    const boost::json::value login{
        {"email", "ben@acme.example"}, {"password", "correct horse battery"}};
    const auto refused = ben.post("/api/v1/auth/login", login);
    CHECK(refused.status == 403);
    CHECK(acme.ana.get("/api/v1/me").status == 200);
    REQUIRE(acme.ana.del(path).status == 204);
    CHECK(ben.post("/api/v1/auth/login", login).status == 200);
}

TEST_CASE("trying the set-up says what is wrong with it")
{
    Acme acme;
    REQUIRE(acme.sets_up() == 204);
    CHECK(acme.tries() == "");
    acme.issuer.secret = "changed there";
    CHECK(acme.tries() == "secret_refused");
    acme.issuer.calls_itself = "https://elsewhere.example";
    CHECK(acme.tries() == "issuer_mismatch");
    REQUIRE(acme.sets_up({{"issuer", "http://127.0.0.1:1"}}) == 204);
    CHECK(acme.tries() == "issuer_unreachable");
}

TEST_CASE("a set-up that cannot be meant is refused, and a secret goes to no other issuer")
{
    Acme acme;
    CHECK(acme.sets_up({{"issuer", "ftp://login.acme.example"}}) == 422);
    CHECK(acme.sets_up({{"issuer", "https://login.acme.example/?x"}}) == 422);
    CHECK(acme.sets_up({{"domains", boost::json::array{}}}) == 422);
    CHECK(acme.sets_up({{"domains", boost::json::array{"acme"}}}) == 422);
    REQUIRE(acme.sets_up() == 204);
    CHECK(acme.sets_up({{"client_secret", nullptr}, {"is_only_way", true}}) == 204);
    CHECK(acme.sets_up({{"client_secret", nullptr}, {"issuer", "https://evil.example"}}) == 422);
}

TEST_CASE("an issuer inside the server's own network is not spoken to")
{
    Acme acme(false);
    CHECK(acme.sets_up() == 422);  // without TLS
    const auto port = acme.issuer.url().substr(acme.issuer.url().rfind(':'));
    for (const auto* host : {"127.0.0.1", "localhost", "[::1]", "2130706433", "0.0.0.0"}) {
        CAPTURE(host);
        REQUIRE(acme.sets_up({{"issuer", "https://" + std::string(host) + port}}) == 204);
        CHECK(acme.tries() == "issuer_unreachable");
    }
}

}  // namespace leadcrm::company_sign_in
