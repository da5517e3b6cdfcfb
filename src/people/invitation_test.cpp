// Inviting, over the routes themselves, with the letters of an installation without a mail server.
#include "accounts/account_api.hpp"
#include "people/invitation.hpp"
#include "people/people_api.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/http_client.hpp"
#include "platform/testing/vault.hpp"
#include "platform_admin/plan.hpp"

#include <boost/json/array.hpp>

#include <doctest/doctest.h>

#include <regex>

namespace leadcrm::people {
namespace {

using testing::Answer;
using testing::HttpClient;

constexpr char password[] = "cobalt meadow 41 lanterns";

struct Office {
    testing::TestDatabase database;
    http::Routes routes = all();
    mail::Post post{*database, {}};
    jobs::Workers workers{*database};
    HttpClient owner = stranger();

    Office()
    {
        handle_invitations(workers, *database, post, "http://crm.example.com");
        found(owner, "Acme Homes", "Ana Ruiz", "ana@acme.example");
    }
    http::Routes all()
    {
        http::Routes made;
        accounts::add_routes(made, *database, testing::vault(), {}, [](db::Tx&) {});
        add_routes(made, *database, {"http://crm.example.com", false});
        return made;
    }
    HttpClient stranger()
    {
        return {routes,
            {.database = &*database,
                .authenticate = accounts::authenticator(*database),
                .session_cookie = accounts::cookie_name(false),
                .public_url = "http://crm.example.com"}};
    }
    static void found(HttpClient& browser, const std::string& organization, const std::string& name,
        const std::string& email)
    {
        REQUIRE(browser
                    .post("/api/v1/auth/register",
                        {{"organization_name", organization}, {"name", name}, {"email", email},
                            {"password", password}})
                    .status
            == 201);
    }
    Answer invite(const boost::json::array& emails, const std::string& role = "agent")
    {
        return owner.post("/api/v1/invitations", {{"emails", emails}, {"role", role}});
    }
    void on_plan(const std::optional<std::string>& plan)
    {
        database->write_platform([&](db::PlatformTx& tx) {
            auto inside =
                tx.in_organization(tx.one<OrganizationId>("SELECT id FROM organizations"));
            platform_admin::set_plan(inside, plan, Instant::now());
        });
    }
    std::string id_of(const std::string& email)
    {
        const auto list = owner.get("/api/v1/invitations").json();
        for (const auto& each : list.at("data").as_array())
            if (each.at("email").as_string() == email)
                return std::string(each.at("id").as_string());
        FAIL("nobody is invited as " << email);
        return {};
    }
    std::string token_of_letter(const std::string& email)
    {
        workers.run_due();
        const auto mails =
            database->read_platform([](db::PlatformReader& db) { return mail::list(db, 100); });
        std::smatch found;
        for (const auto& each : mails) {
            const std::string text = each.text.value_or("");
            if (each.recipient == email
                && std::regex_search(text, found, std::regex("/app/invitation#([\\w-]{43})")))
                return found[1];
        }
        FAIL("no letter went to " << email);
        return {};
    }
    std::string token_of_link(const std::string& id)
    {
        const auto answer = owner.post("/api/v1/invitations/" + id + "/link");
        REQUIRE(answer.status == 200);
        const std::string link(answer.json().at("link").as_string());
        return link.substr(link.find('#') + 1);
    }
    static int accept_new(HttpClient& browser, const std::string& token)
    {
        return browser
            .post("/api/v1/auth/invitation/accept",
                {{"token", token}, {"name", "Joe Park"}, {"password", "cobalt meadow 41 lanterns"}})
            .status;
    }
    std::size_t count(const std::string& what)
    {
        return owner.get("/api/v1/" + what).json().at("data").as_array().size();
    }
};

boost::json::value me(HttpClient& browser) { return browser.get("/api/v1/me").json(); }

}  // namespace

TEST_CASE("who has no account is invited as the inviter reads, and who has one as they read")
{
    Office office;
    const auto subject = [&](const std::string& email) {
        office.token_of_letter(email);
        return office.database->read_platform(
            [](db::PlatformReader& db) { return mail::list(db, 1).at(0).subject; });
    };
    REQUIRE(
        office.owner.put("/api/v1/me/profile", {{"name", "Ana Ruiz"}, {"language", "de"}}).status
        == 204);
    office.invite({"joe@acme.example"});
    CHECK(subject("joe@acme.example") == "Ana Ruiz lädt Sie zu Acme Homes ein");

    auto ben = office.stranger();
    REQUIRE(ben.post("/api/v1/auth/register",
                   {{"organization_name", "Bens"}, {"name", "Ben"}, {"email", "ben@acme.example"},
                       {"password", password}},
                   {{"Accept-Language", "en-GB,de;q=0.5"}})
                .status
        == 201);
    office.invite({"ben@acme.example"});
    CHECK(subject("ben@acme.example") == "Ana Ruiz lädt Sie zu Acme Homes ein");
    office.database->write_platform(
        [](db::PlatformTx& tx) { tx.run("UPDATE users SET email_confirmed_at = 1"); });
    office.invite({"ben@acme.example"});
    CHECK(subject("ben@acme.example") == "Ana Ruiz invites you to Acme Homes");
}

TEST_CASE("a person comes in with the link of the letter, as what the owner chose")
{
    Office office;
    CHECK(office.invite({"joe@acme.example"}, "team_lead").status == 201);
    const auto token = office.token_of_letter("joe@acme.example");

    auto joe = office.stranger();
    const auto asked = joe.post("/api/v1/auth/invitation", {{"token", token}}).json();
    CHECK(asked.at("organization") == "Acme Homes");
    CHECK(asked.at("role") == "team_lead");
    CHECK(asked.at("invited_by") == "Ana Ruiz");
    CHECK(asked.at("email") == "joe@acme.example");

    CHECK(Office::accept_new(joe, token) == 204);
    CHECK(me(joe).at("role") == "team_lead");
    CHECK(me(joe).at("organization").at("name") == "Acme Homes");
    CHECK(me(joe).at("user").at("is_email_confirmed") == true);
    CHECK(office.count("members") == 2);
    CHECK(office.count("invitations") == 0);

    auto another = office.stranger();
    CHECK(Office::accept_new(another, token) == 404);  // once
    CHECK(another.post("/api/v1/auth/invitation", {{"token", token}}).status == 404);
}

TEST_CASE("a link that was made while the letter waited stays good, and no letter brings another")
{
    Office office;
    office.invite({"joe@acme.example"});
    const auto id = office.id_of("joe@acme.example");
    const auto token = office.token_of_link(id);
    office.workers.run_due();
    CHECK(office.database->read_platform([](db::PlatformReader& db) { return mail::list(db, 100); })
              .empty());
    auto joe = office.stranger();
    CHECK(joe.post("/api/v1/auth/invitation", {{"token", token}}).status == 200);

    REQUIRE(office.owner.post("/api/v1/invitations/" + id + "/letter").status == 204);
    CHECK(joe.post("/api/v1/auth/invitation", {{"token", token}}).status == 404);
    CHECK(Office::accept_new(joe, office.token_of_letter("joe@acme.example")) == 204);
}

TEST_CASE("who sends an invitation again and again is told when no more letter goes")
{
    Office office;
    office.invite({"joe@acme.example"});
    const auto path = "/api/v1/invitations/" + office.id_of("joe@acme.example");
    for (int i = 0; i < 4; ++i) CHECK(office.owner.post(path + "/letter").status == 204);
    const auto token = office.token_of_letter("joe@acme.example");
    CHECK(office.owner.post(path + "/letter").status == 429);
    auto joe = office.stranger();
    CHECK(Office::accept_new(joe, token) == 204);
}

TEST_CASE("a link that the owner handed over lets in, but confirms no address")
{
    Office office;
    office.invite({"joe@acme.example"});
    const auto of_letter = office.token_of_letter("joe@acme.example");
    const auto token = office.token_of_link(office.id_of("joe@acme.example"));
    auto joe = office.stranger();
    CHECK(Office::accept_new(joe, of_letter) == 404);  // the newest link counts
    CHECK(Office::accept_new(joe, token) == 204);
    CHECK(me(joe).at("user").at("is_email_confirmed") == false);
}

TEST_CASE("one account belongs to several organizations and goes between them")
{
    Office office;
    auto kim = office.stranger();
    Office::found(kim, "Globex", "Kim Oh", "kim@globex.example");
    office.invite({"kim@globex.example"});

    // Not confirmed yet: the letter shows whose mailbox it is, a copied link does not.
    const auto copied = office.token_of_link(office.id_of("kim@globex.example"));
    CHECK(kim.post("/api/v1/auth/invitation/accept", {{"token", copied}}).status == 403);
    office.owner.post("/api/v1/invitations/" + office.id_of("kim@globex.example") + "/letter");
    const auto token = office.token_of_letter("kim@globex.example");
    CHECK(office.owner.post("/api/v1/auth/invitation/accept", {{"token", token}}).status == 403);
    const auto before = kim.cookies;
    CHECK(kim.post("/api/v1/auth/invitation/accept", {{"token", token}}).status == 204);

    CHECK(me(kim).at("organization").at("name") == "Acme Homes");
    CHECK(me(kim).at("user").at("is_email_confirmed") == true);
    CHECK(me(kim).at("organizations").as_array().size() == 2);
    auto old_session = office.stranger();
    old_session.cookies = before;
    CHECK(old_session.get("/api/v1/me").status == 401);

    const auto globex = me(kim).at("organizations").at(0).at("id");
    const auto here = kim.cookies;
    CHECK(kim.post("/api/v1/me/organization", {{"organization_id", globex}}).status == 200);
    CHECK(me(kim).at("organization").at("name") == "Globex");
    old_session.cookies = here;
    CHECK(old_session.get("/api/v1/me").status == 401);
    CHECK(
        office.owner.post("/api/v1/me/organization", {{"organization_id", globex}}).status == 404);
}

TEST_CASE("with the letter of a confirmed address nobody makes a second account")
{
    Office office;
    auto kim = office.stranger();
    office.invite({"kim@acme.example"});
    REQUIRE(Office::accept_new(kim, office.token_of_letter("kim@acme.example")) == 204);

    auto globex = office.stranger();
    Office::found(globex, "Globex", "Hank", "hank@globex.example");
    globex.post("/api/v1/invitations",
        {{"emails", boost::json::array{"kim@acme.example"}}, {"role", "agent"}});
    const auto token = office.token_of_letter("kim@acme.example");
    auto signed_out = office.stranger();
    CHECK(Office::accept_new(signed_out, token) == 409);
    CHECK(kim.post("/api/v1/auth/invitation/accept", {{"token", token}}).status == 204);
}

TEST_CASE("all that were pasted are invited, or none; members and nonsense are named")
{
    Office office;
    const auto answer = office.invite({"joe@acme.example", "ana@acme.example", "sue@acme.example"});
    CHECK(answer.status == 422);
    CHECK(answer.wrong_fields() == std::vector<std::string>{"emails[1]"});
    CHECK(office.invite({"joe@acme.example", "no address"}).status == 422);
    CHECK(office.invite({}).status == 422);
    CHECK(office.count("invitations") == 0);
    CHECK(office.invite({"joe@acme.example", "sue@acme.example"}).status == 201);
    CHECK(office.invite({"joe@acme.example"}, "owner").status == 201);  // asked anew
    CHECK(office.count("invitations") == 2);
}

TEST_CASE("a plan's seats are counted when people are invited, and again when they come in")
{
    Office office;
    office.database->write_platform([](db::PlatformTx& tx) {
        tx.run("INSERT INTO plans (id, name, seats, position) VALUES ('small', 'Small', 3, 9)");
    });
    office.on_plan("small");  // one of its seats is Ana's
    CHECK(office.invite({"joe@acme.example"}).status == 201);
    const auto refused = office.invite({"sue@acme.example", "tom@acme.example"});
    CHECK(refused.status == 409);
    CHECK(refused.body.find("The plan Small has 3 seats; 1 is taken and 1 promised")
        != std::string::npos);
    CHECK(office.owner.get("/api/v1/invitations").json().at("data").as_array().size() == 1);
    // Asked anew, nobody takes a second seat.
    CHECK(office.invite({"joe@acme.example"}).status == 201);
    CHECK(office.invite({"sue@acme.example"}).status == 201);

    const auto token = office.token_of_letter("joe@acme.example");
    office.database->write_platform(
        [](db::PlatformTx& tx) { tx.run("UPDATE plans SET seats = 1 WHERE id = 'small'"); });
    auto joe = office.stranger();
    const boost::json::value accept{{"token", token}, {"name", "Joe"}, {"password", password}};
    CHECK(joe.post("/api/v1/auth/invitation/accept", accept).status == 409);
    office.database->write_platform(
        [](db::PlatformTx& tx) { tx.run("UPDATE plans SET seats = 3 WHERE id = 'small'"); });
    CHECK(joe.post("/api/v1/auth/invitation/accept", accept).status == 204);
    office.on_plan(std::nullopt);
    CHECK(
        office.invite({"tom@acme.example", "kim@acme.example", "pat@acme.example"}).status == 201);
}

TEST_CASE("what is withdrawn or too old lets nobody in")
{
    Office office;
    office.invite({"joe@acme.example", "sue@acme.example"});
    const auto joes = office.token_of_letter("joe@acme.example");
    const auto sues = office.token_of_letter("sue@acme.example");
    CHECK(
        office.owner.del("/api/v1/invitations/" + office.id_of("joe@acme.example")).status == 204);
    auto browser = office.stranger();
    CHECK(Office::accept_new(browser, joes) == 404);
    office.database->read_platform([&](db::PlatformReader& db) {
        CHECK_NOTHROW(look_at(db, sues));
        CHECK_THROWS_AS(look_at(db, sues, Instant::now() + invitation_length), Failure);
    });
}

TEST_CASE("only an owner invites, and only for the own organization")
{
    Office office;
    office.invite({"joe@acme.example"}, "team_lead");
    auto joe = office.stranger();
    REQUIRE(Office::accept_new(joe, office.token_of_letter("joe@acme.example")) == 204);
    office.invite({"sue@acme.example"});
    const auto id = office.id_of("sue@acme.example");
    CHECK(joe.get("/api/v1/members").status == 403);
    CHECK(joe.get("/api/v1/invitations").status == 403);
    CHECK(joe.post("/api/v1/invitations/" + id + "/link").status == 403);

    auto globex = office.stranger();
    Office::found(globex, "Globex", "Hank", "hank@globex.example");
    CHECK(globex.post("/api/v1/invitations/" + id + "/link").status == 404);
    CHECK(globex.post("/api/v1/invitations/" + id + "/letter").status == 404);
    CHECK(globex.del("/api/v1/invitations/" + id).status == 404);
    CHECK(globex.get("/api/v1/members").json().at("data").as_array().size() == 1);
    CHECK(office.count("invitations") == 1);
}

TEST_CASE("another role or a deactivation ends the person's sessions at once, here only")
{
    Office office;
    auto kim = office.stranger();
    office.invite({"kim@acme.example"});
    REQUIRE(Office::accept_new(kim, office.token_of_letter("kim@acme.example")) == 204);
    const auto id = std::string(me(kim).at("user").at("id").as_string());
    const auto sign_in = [&] {
        return kim
            .post("/api/v1/auth/login", {{"email", "kim@acme.example"}, {"password", password}})
            .status;
    };
    CHECK(kim.post("/api/v1/members/" + id + "/deactivation", boost::json::object{}).status == 403);
    CHECK(
        office.owner.put("/api/v1/members/" + id + "/role", {{"role", "team_lead"}}).status == 204);
    CHECK(kim.get("/api/v1/me").status == 401);
    CHECK(sign_in() == 200);
    CHECK(me(kim).at("role") == "team_lead");
    CHECK(office.owner.post("/api/v1/members/" + id + "/deactivation", boost::json::object{}).status
        == 204);
    CHECK(kim.get("/api/v1/me").status == 401);
    CHECK(sign_in() == 401);
    CHECK(office.owner.del("/api/v1/members/" + id + "/deactivation").status == 204);
    CHECK(sign_in() == 200);
}

TEST_CASE("the token of an invitation is stored as a hash only")
{
    Office office;
    office.invite({"joe@acme.example"});
    const auto token = office.token_of_link(office.id_of("joe@acme.example"));
    office.database->read_platform([&](db::PlatformReader& db) {
        CHECK(
            db.one<db::Blob>("SELECT token_hash FROM invitations").bytes == crypto::sha256(token));
    });
}

}  // namespace leadcrm::people
