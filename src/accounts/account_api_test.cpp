#include "accounts/testing/account_site.hpp"

#include <doctest/doctest.h>

#include <regex>

namespace leadcrm::accounts {
namespace {

struct Site : testing::AccountSite {
    testing::HttpClient ana = browser();

    testing::Answer register_ana()
    {
        return ana.post("/api/v1/auth/register",
            {{"organization_name", "Acme Homes"}, {"name", "Ana Ruiz"},
                {"email", "Ana@Acme.example"}, {"password", "correct horse battery"},
                {"country", "es"}, {"time_zone", "Europe/Madrid"}});
    }
};

// All that a client can see of an answer, without what is random or its own: ids, the address.
std::string seen(const testing::Answer& answer, const std::string& email)
{
    std::string text = std::to_string(answer.status) + ' ' + answer.content_type + '\n';
    for (const auto& [name, value] : answer.headers) text += name + ": " + value + '\n';
    text += answer.body;
    const std::regex ids("(org|user|req)_[0-9a-z]+|leadcrm_(session|device)=[^;]+|" + email);
    return std::regex_replace(text, ids, "*");
}

}  // namespace

TEST_CASE("a person registers, is known, signs out, and signs in again")
{
    Site site;
    const auto registered = site.register_ana();
    REQUIRE(registered.status == 201);
    const auto cookie = registered.header("Set-Cookie");
    CHECK(cookie.find("; HttpOnly; SameSite=Lax") != std::string::npos);

    const auto me = site.ana.get("/api/v1/me").json();
    CHECK(me.at("user").at("email") == "ana@acme.example");
    CHECK(me.at("organization").at("country") == "ES");
    CHECK(me.at("role") == "owner");
    CHECK(me.at("organizations").as_array().size() == 1);

    CHECK(site.ana.post("/api/v1/auth/logout").status == 204);
    CHECK(site.ana.get("/api/v1/me").status == 401);

    const auto signed_in = site.ana.post("/api/v1/auth/login",
        {{"email", "ana@acme.example"}, {"password", "correct horse battery"}});
    CHECK(signed_in.status == 200);
    CHECK(site.ana.get("/api/v1/me").status == 200);
}

TEST_CASE("nobody learns from an answer whether an address is known")
{
    Site site;
    REQUIRE(site.register_ana().status == 201);
    const auto register_at = [&](const std::string& email) {
        return seen(site.ana.post("/api/v1/auth/register",
                        {{"organization_name", "Globex"}, {"name", "Hank"}, {"email", email},
                            {"password", "something else"}}),
            email);
    };
    const auto sign_in_at = [&](const std::string& email) {
        return seen(
            site.ana.post("/api/v1/auth/login", {{"email", email}, {"password", "a guess"}}),
            email);
    };
    // Each from an address of its own, and one try more than there may be.
    const auto tries_at = [&](const std::string& from, const std::string& email) {
        site.ana.client_address = from;
        std::vector<std::string> answers;
        for (int i = 0; i < 6; ++i) answers.push_back(register_at(email));
        site.ana.cookies.clear();
        for (int i = 0; i < 6; ++i) answers.push_back(sign_in_at(email));
        return answers;
    };
    const auto known = tries_at("192.0.2.50", "ana@acme.example");
    CHECK(known.front().starts_with("201 "));
    CHECK(known[6].starts_with("401 "));
    CHECK(known.back().starts_with("429 "));
    const auto unknown = tries_at("192.0.2.51", "ann@acme.example");
    for (std::size_t i = 0; i < known.size(); ++i) CHECK(known[i] == unknown[i]);
}

TEST_CASE("a stranger's account with my address neither sees nor touches mine")
{
    Site site;
    const auto mine = site.register_ana().json();
    auto stranger = site.browser();
    const auto theirs = stranger
                            .post("/api/v1/auth/register",
                                {{"organization_name", "Globex"}, {"name", "Hank"},
                                    {"email", "ana@acme.example"}, {"password", "something else"}})
                            .json();
    CHECK(theirs.at("user").at("id") != mine.at("user").at("id"));
    CHECK(theirs.at("user").at("name") == "Hank");
    CHECK(theirs.at("organizations").as_array().size() == 1);
    CHECK(stranger.get("/api/v1/me").json() == theirs);
    CHECK(site.ana.get("/api/v1/me").json() == mine);
    CHECK(site.ana
              .post("/api/v1/auth/login",
                  {{"email", "ana@acme.example"}, {"password", "correct horse battery"}})
              .json()
        == mine);
}

TEST_CASE("a sign-in makes a new token, so one planted before is worth nothing")
{
    Site site;
    site.register_ana();
    site.ana.cookies = {{cookie_name(false), "planted-by-somebody"}};
    CHECK(site.ana.get("/api/v1/me").status == 401);
    site.ana.post("/api/v1/auth/login",
        {{"email", "ana@acme.example"}, {"password", "correct horse battery"}});
    CHECK(site.ana.cookies.at(cookie_name(false)) != "planted-by-somebody");
}

TEST_CASE("everything wrong with a registration is told at once")
{
    Site site;
    const auto answer = site.ana.post("/api/v1/auth/register",
        {{"organization_name", ""}, {"name", "Ana"}, {"email", "ana"}, {"password", "short"},
            {"country", "Spain"}, {"time_zone", "Middle/Earth"}});
    CHECK(answer.status == 422);
    CHECK(answer.wrong_fields()
        == std::vector<std::string>{
            "organization_name", "email", "password", "country", "time_zone"});
    CHECK(site.ana.get("/api/v1/me").status == 401);
}

TEST_CASE("a registration with a number that is none says so")
{
    Site site;
    const auto answer = site.ana.post("/api/v1/auth/register",
        {{"organization_name", "Acme"}, {"name", "Ana"}, {"email", "ana@acme.example"},
            {"password", "correct horse battery"}, {"phone", "call me"}});
    CHECK(answer.status == 422);
    CHECK(answer.wrong_fields() == std::vector<std::string>{"phone"});
}

TEST_CASE("signing in leads to the organization that was open last")
{
    Site site;
    auto ana = site.browser();
    const auto opened = [](const testing::Answer& answer) {
        return std::string(answer.json().at("organization").at("name").as_string());
    };
    const auto register_one = [&](const char* name) {
        return ana.post("/api/v1/auth/register",
            {{"organization_name", name}, {"name", "Ana Ruiz"}, {"email", "ana@acme.example"},
                {"password", "correct horse battery"}});
    };
    const auto sign_in = [&] {
        auto browser = site.browser();
        return opened(browser.post("/api/v1/auth/login",
            {{"email", "ana@acme.example"}, {"password", "correct horse battery"}}));
    };
    const auto acme = register_one("Acme").json().at("organization").at("id");
    register_one("Globex");
    CHECK(sign_in() == "Globex");
    REQUIRE(ana.post("/api/v1/me/organization", {{"organization_id", acme}}).status == 200);
    CHECK(sign_in() == "Acme");
    CHECK(sign_in() == "Acme");
}

TEST_CASE("another site cannot sign a browser in")
{
    Site site;
    site.register_ana();
    const auto answer = site.ana.post("/api/v1/auth/login",
        {{"email", "ana@acme.example"}, {"password", "correct horse battery"}},
        {{"Origin", "https://elsewhere.example"}});
    CHECK(answer.status == 403);
}

}  // namespace leadcrm::accounts
