#include "accounts/attempts.hpp"
#include "accounts/confirmation.hpp"
#include "accounts/new_password.hpp"
#include "accounts/notice.hpp"
#include "accounts/testing/account_site.hpp"

#include <doctest/doctest.h>

#include <regex>

namespace leadcrm::accounts {
namespace {

// Ana, registered and signed in, and an installation whose letters are in the database.
struct Site : testing::AccountSite {
    mail::Post post{*database, {}};
    jobs::Workers workers{*database};
    testing::HttpClient ana = browser();
    const std::string email = "ana@acme.example";
    const std::string old_password = "correct horse battery";
    const std::string other_password = "four old oaks stand";

    Site()
    {
        handle_confirmations(workers, *database, post, public_url);
        handle_notices(workers, post, public_url);
        handle_resets(workers, *database, post, public_url);
        REQUIRE(register_with(ana, old_password) == 201);
    }
    int register_with(testing::HttpClient& from, const std::string& password)
    {
        return from
            .post("/api/v1/auth/register",
                {{"organization_name", "Acme"}, {"name", "Ana Ruiz"}, {"email", email},
                    {"password", password}})
            .status;
    }
    int sign_in(testing::HttpClient& from, const std::string& password)
    {
        return from.post("/api/v1/auth/login", {{"email", email}, {"password", password}}).status;
    }
    int ask_for_letter(testing::HttpClient& from, const std::string& to)
    {
        return from.post("/api/v1/auth/password-letter", {{"email", to}}).status;
    }
    int set(const std::string& token, const std::string& password)
    {
        auto stranger = browser();
        return stranger.post("/api/v1/auth/password", {{"token", token}, {"password", password}})
            .status;
    }
    // Newest first.
    std::vector<mail::MailRecord> letters()
    {
        workers.run_due();
        return database->read_platform([](db::PlatformReader& db) { return mail::list(db, 100); });
    }
    // The token of the newest letter's link; empty when the newest letter has no such link.
    std::string token(const std::string& page)
    {
        const auto all = letters();
        std::smatch found;
        const std::string text = all.empty() ? "" : all.front().text.value_or("");
        const std::regex link("https://crm\\.example\\.com/app/" + page + "#([A-Za-z0-9_-]{43})\n");
        return std::regex_search(text, found, link) ? found[1].str() : "";
    }
    void confirm()
    {
        const auto with = token("confirm-email");
        REQUIRE(ana.post("/api/v1/auth/confirm-email", {{"token", with}}).status == 204);
    }
    std::string reset_token()
    {
        REQUIRE(ask_for_letter(ana, email) == 204);
        return token("new-password");
    }
};

}  // namespace

TEST_CASE("a forgotten password is replaced with the link of a letter, once, and sessions end")
{
    Site site;
    site.confirm();
    auto second = site.browser();
    REQUIRE(site.sign_in(second, site.old_password) == 200);
    const auto token = site.reset_token();
    REQUIRE_FALSE(token.empty());

    CHECK(site.set(token, site.other_password) == 204);
    CHECK(site.ana.get("/api/v1/me").status == 401);
    CHECK(second.get("/api/v1/me").status == 401);
    const auto notice = site.letters().front();
    CHECK(notice.recipient == site.email);
    CHECK(notice.subject == "Your password was changed");
    CHECK(notice.text.value_or("").find("192.0.2.1") != std::string::npos);

    CHECK(site.sign_in(second, site.old_password) == 401);
    CHECK(site.sign_in(second, site.other_password) == 200);
    CHECK(site.set(token, "yet another one of them") == 404);
}

TEST_CASE("a link that was asked for earlier works until another was used")
{
    Site site;
    site.confirm();
    const auto first = site.reset_token();
    const auto second = site.reset_token();
    CHECK(first != second);
    CHECK(site.set(first, site.other_password) == 204);
    CHECK(site.set(second, "yet another one of them") == 404);
}

TEST_CASE("the device that used the link signs in, however much strangers try")
{
    Site site;
    site.confirm();
    const auto token = site.reset_token();
    site.database->write_platform([&](db::PlatformTx& tx) {
        for (int i = 0; i < 101; ++i)
            count_attempt(tx, sign_in_limits(site.email, "198.51.100." + std::to_string(i)));
    });
    auto new_phone = site.browser();
    CHECK(site.sign_in(new_phone, site.old_password) == 429);
    CHECK(new_phone
              .post("/api/v1/auth/password", {{"token", token}, {"password", site.other_password}})
              .status
        == 204);
    CHECK(site.sign_in(new_phone, site.other_password) == 200);
    // What was known before the new password is a stranger.
    CHECK(site.sign_in(site.ana, site.other_password) == 429);
}

TEST_CASE("a link is worth nothing when its hour is over")
{
    Site site;
    site.confirm();
    const auto token = site.reset_token();
    site.database->write_platform(
        [](db::PlatformTx& tx) { tx.run("UPDATE password_resets SET expires_at = 1"); });
    CHECK(site.set(token, site.other_password) == 404);
    CHECK(site.set("made up", site.other_password) == 404);
    CHECK(site.ana.get("/api/v1/me").status == 200);
}

TEST_CASE("a password that is easily guessed is refused, and the link stays good")
{
    Site site;
    site.confirm();
    const auto token = site.reset_token();
    for (const auto* weak : {"password123", "Summer2024!", "ana.ruiz", "qwertyuiop", "short"})
        CHECK(site.set(token, weak) == 422);
    CHECK(site.set(token, std::string(200, 'x')) == 422);
    CHECK(site.set(token, site.other_password) == 204);
    auto stranger = site.browser();
    CHECK(site.register_with(stranger, "password123") == 422);
}

TEST_CASE("no answer tells whether somebody has an address, and nobody gets a letter for nothing")
{
    Site site;
    site.confirm();
    const auto before = site.letters().size();
    const auto ask = [&](const std::string& from, const std::string& email) {
        auto stranger = site.browser();
        stranger.client_address = from;
        std::vector<int> answers;
        for (int i = 0; i < 6; ++i) answers.push_back(site.ask_for_letter(stranger, email));
        return answers;
    };
    CHECK(ask("192.0.2.8", "nobody@acme.example") == std::vector{204, 204, 204, 204, 204, 429});
    CHECK(site.letters().size() == before);
    // One of the five letters to this address was the one that confirmed it.
    CHECK(ask("192.0.2.9", site.email) == std::vector{204, 204, 204, 204, 429, 429});
    CHECK(site.letters().size() > before);
}

TEST_CASE("while no account has confirmed the address, the letter is the one that does")
{
    Site site;
    const auto confirmation = site.token("confirm-email");
    REQUIRE_FALSE(confirmation.empty());
    CHECK(site.reset_token().empty());
    const auto again = site.token("confirm-email");
    CHECK(again != confirmation);
    REQUIRE(site.ana.post("/api/v1/auth/confirm-email", {{"token", again}}).status == 204);
    CHECK_FALSE(site.reset_token().empty());
}

TEST_CASE("the link goes to the account that has confirmed the address, not to a namesake")
{
    Site site;
    site.confirm();
    auto stranger = site.browser();
    REQUIRE(site.register_with(stranger, "something else") == 201);
    CHECK(site.set(site.reset_token(), site.other_password) == 204);
    CHECK(stranger.get("/api/v1/me").status == 200);
    CHECK(site.sign_in(stranger, "something else") == 200);
}

TEST_CASE("whoever is signed in changes the password with the old one, and others are signed out")
{
    Site site;
    site.confirm();
    auto second = site.browser();
    REQUIRE(site.sign_in(second, site.old_password) == 200);
    const auto change = [&](const std::string& old_one, const std::string& new_one) {
        return site.ana.put(
            "/api/v1/me/password", {{"password", old_one}, {"new_password", new_one}});
    };
    const auto& new_one = site.other_password;
    CHECK(change("a guess", new_one).wrong_fields() == std::vector<std::string>{"password"});
    CHECK(change(site.old_password, "password123").wrong_fields()
        == std::vector<std::string>{"new_password"});
    CHECK(second.get("/api/v1/me").status == 200);
    CHECK(change(site.old_password, new_one).status == 204);
    CHECK(site.ana.get("/api/v1/me").status == 200);
    CHECK(second.get("/api/v1/me").status == 401);
    CHECK(site.letters().front().subject == "Your password was changed");
    CHECK(site.sign_in(second, site.other_password) == 200);
}

TEST_CASE("a stolen session does not serve to guess the password")
{
    Site site;
    int status = 0;
    for (int i = 0; i < 11; ++i)
        status = site.ana
                     .put("/api/v1/me/password",
                         {{"password", "a guess"}, {"new_password", site.other_password}})
                     .status;
    CHECK(status == 429);
}

TEST_CASE("the token of a link is stored as a hash only")
{
    Site site;
    site.confirm();
    const auto token = site.reset_token();
    site.database->read_platform([&](db::PlatformReader& db) {
        CHECK(db.one<db::Blob>("SELECT token_hash FROM password_resets").bytes.size() == 32);
        CHECK(db.one<std::int64_t>(
                  "SELECT COUNT(*) FROM jobs WHERE payload LIKE $1", "%" + token + "%")
            == 0);
    });
}

}  // namespace leadcrm::accounts
