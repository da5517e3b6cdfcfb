#include "accounts/confirmation.hpp"
#include "accounts/email_change.hpp"
#include "accounts/new_password.hpp"
#include "accounts/notice.hpp"
#include "accounts/testing/account_site.hpp"

#include <doctest/doctest.h>

#include <regex>

namespace leadcrm::accounts {
namespace {

constexpr auto old_email = "ana@acme.example";
constexpr auto new_email = "ana.ruiz@acme.example";
const std::string password = "correct horse battery";

struct Site : testing::AccountSite {
    mail::Post post{*database, {}};
    jobs::Workers workers{*database};
    testing::HttpClient ana = browser();

    Site()
    {
        handle_confirmations(workers, *database, post, public_url);
        handle_email_changes(workers, *database, post, public_url);
        handle_notices(workers, post, public_url);
        REQUIRE(register_with(ana, old_email, password) == 201);
    }
    int register_with(testing::HttpClient& from, const std::string& email, const std::string& with)
    {
        return from
            .post("/api/v1/auth/register",
                {{"organization_name", "Acme"}, {"name", "Ana Ruiz"}, {"email", email},
                    {"password", with}, {"country", "ES"}})
            .status;
    }
    int sign_in(const std::string& email, const std::string& with)
    {
        auto anywhere = browser();
        return anywhere.post("/api/v1/auth/login", {{"email", email}, {"password", with}}).status;
    }
    testing::Answer ask(const std::string& email, const std::string& with)
    {
        return ana.post("/api/v1/me/email", {{"email", email}, {"password", with}});
    }
    std::vector<mail::MailRecord> letters()
    {
        workers.run_due();
        return database->read_platform([](db::PlatformReader& db) { return mail::list(db, 100); });
    }
    // The token of the newest letter with such a link.
    std::string token(const std::string& page)
    {
        const std::regex link("https://crm\\.example\\.com/app/" + page + "#([A-Za-z0-9_-]{43})\n");
        for (const auto& letter : letters()) {
            std::smatch found;
            const auto text = letter.text.value_or("");
            if (std::regex_search(text, found, link)) return found[1];
        }
        return {};
    }
    int confirm(const std::string& with)
    {
        auto anywhere = browser();
        return anywhere.post("/api/v1/auth/confirm-new-address", {{"token", with}}).status;
    }
    boost::json::value user() { return ana.get("/api/v1/me").json().at("user"); }
};

}  // namespace

TEST_CASE("a name is one line, and breaks that came with it are spaces")
{
    Site site;
    auto eve = site.browser();
    const auto answer = eve.post("/api/v1/auth/register",
        {{"organization_name", "Acme\nBcc: x@example.com"}, {"name", "Eve\tRow"},
            {"email", "eve@acme.example"}, {"password", "correct horse battery"}});
    REQUIRE(answer.status == 201);
    CHECK(answer.json().at("organization").at("name") == "Acme Bcc: x@example.com");
    CHECK(answer.json().at("user").at("name") == "Eve Row");
    CHECK(eve.post("/api/v1/auth/register", {{"organization_name", "\n\n"}, {"name", "\t"}})
              .wrong_fields()
        == std::vector<std::string>{"organization_name", "name", "email", "password"});
}

TEST_CASE("a person changes name and phone, and a number of their country needs no code")
{
    Site site;
    const auto change = [&](const boost::json::value& phone) {
        return site.ana.put("/api/v1/me/profile", {{"name", "Ana R."}, {"phone", phone}});
    };
    CHECK(change("600 000 000").status == 204);
    CHECK(site.user().at("name") == "Ana R.");
    CHECK(site.user().at("phone") == "+34600000000");
    CHECK(change("call me").wrong_fields() == std::vector<std::string>{"phone"});
    CHECK(change(nullptr).status == 204);
    CHECK(site.user().at("phone").is_null());
}

TEST_CASE("a person says in which language and on whose clock they read")
{
    Site site;
    const auto change = [&](const boost::json::value& language, const boost::json::value& zone) {
        return site.ana.put("/api/v1/me/profile",
            {{"name", "Ana Ruiz"}, {"language", language}, {"time_zone", zone}});
    };
    CHECK(site.user().at("language").is_null());
    CHECK(site.user().at("time_zone").is_null());

    CHECK(change("de", "Europe/Berlin").status == 204);
    CHECK(site.user().at("language") == "de");
    CHECK(site.user().at("time_zone") == "Europe/Berlin");

    CHECK(change("tlh", "Middle/Earth").wrong_fields()
        == std::vector<std::string>{"language", "time_zone"});
    CHECK(change("", "").wrong_fields() == std::vector<std::string>{"language", "time_zone"});
    CHECK(site.user().at("language") == "de");

    CHECK(change(nullptr, nullptr).status == 204);
    CHECK(site.user().at("language").is_null());
    CHECK(site.user().at("time_zone").is_null());
}

TEST_CASE("a profile without a language and a time zone is one that goes by the browser")
{
    Site site;
    REQUIRE(site.ana
                .put("/api/v1/me/profile",
                    {{"name", "Ana"}, {"language", "de"}, {"time_zone", "Asia/Tokyo"}})
                .status
        == 204);
    CHECK(site.ana.put("/api/v1/me/profile", {{"name", "Ana"}, {"phone", nullptr}}).status == 204);
    CHECK(site.user().at("language").is_null());
    CHECK(site.user().at("time_zone").is_null());
}

TEST_CASE("an address changes when the link of a letter to the new one is used")
{
    Site site;
    REQUIRE(
        site.ana.post("/api/v1/auth/confirm-email", {{"token", site.token("confirm-email")}}).status
        == 204);
    CHECK(site.ask(new_email, "a guess").wrong_fields() == std::vector<std::string>{"password"});
    CHECK(site.ask(old_email, password).wrong_fields() == std::vector<std::string>{"email"});
    CHECK(site.ask(new_email, password).status == 204);
    CHECK(site.user().at("email") == old_email);
    CHECK(site.user().at("pending_email") == new_email);
    CHECK(site.sign_in(new_email, password) == 401);

    const auto token = site.token("new-address");
    std::map<std::string, std::string> subjects;
    for (const auto& letter : site.letters()) subjects[letter.recipient] = letter.subject;
    CHECK(subjects[new_email] == "Is this your new address?");
    CHECK(site.confirm("made up") == 404);
    CHECK(site.confirm(token) == 204);
    CHECK(site.confirm(token) == 404);
    CHECK(site.user().at("email") == new_email);
    CHECK(site.user().at("pending_email").is_null());
    CHECK(site.user().at("is_email_confirmed") == true);
    CHECK(site.sign_in(new_email, password) == 200);
    CHECK(site.sign_in(old_email, password) == 401);
}

TEST_CASE("the old address is told while it can still call the change off with a new password")
{
    Site site;
    REQUIRE(
        site.ana.post("/api/v1/auth/confirm-email", {{"token", site.token("confirm-email")}}).status
        == 204);
    REQUIRE(site.ask(new_email, password).status == 204);
    const auto token = site.token("new-address");
    bool is_told = false;
    for (const auto& letter : site.letters())
        is_told = is_told
            || (letter.recipient == old_email && letter.subject == "Your address is to change");
    CHECK(is_told);
    REQUIRE(site.ana
                .put("/api/v1/me/password",
                    {{"password", password}, {"new_password", "four old oaks stand"}})
                .status
        == 204);
    CHECK(site.confirm(token) == 404);
    CHECK(site.user().at("email") == old_email);
}

TEST_CASE("an address that another account has confirmed meanwhile is not taken from it")
{
    Site site;
    REQUIRE(site.ask(new_email, password).status == 204);
    const auto token = site.token("new-address");
    auto rival = site.browser();
    REQUIRE(site.register_with(rival, new_email, "something else") == 201);
    REQUIRE(
        rival.post("/api/v1/auth/confirm-email", {{"token", site.token("confirm-email")}}).status
        == 204);
    CHECK(site.confirm(token) == 409);
    CHECK(site.user().at("email") == old_email);
}

}  // namespace leadcrm::accounts
