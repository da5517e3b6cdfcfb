#include "accounts/notice.hpp"
#include "accounts/second_factor.hpp"
#include "accounts/testing/account_site.hpp"
#include "accounts/totp.hpp"

#include <boost/json/value_from.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <set>

namespace leadcrm::accounts {
namespace {

// What an authenticator app does with the secret that was typed into it.
std::string raw_bytes(std::string_view base32)
{
    constexpr std::string_view signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string bytes;
    unsigned bits = 0;
    int held = 0;
    for (const char sign : base32) {
        bits = bits << 5 | unsigned(signs.find(sign));
        if ((held += 5) < 8) continue;
        held -= 8;
        bytes += char(bits >> held & 0xff);
    }
    return bytes;
}

struct App {
    std::string secret;
    // One of the three codes that are taken just now; each call gives a later one.
    std::string code() { return totp::code_at(secret, totp::step_at(Instant::now()) + next++); }
    int next = -1;
};

// Ana, an owner, at her browser.
struct Site : testing::AccountSite {
    testing::HttpClient ana = browser();
    const std::string password = "correct horse battery";

    Site() { REQUIRE(register_at(ana).status == 201); }
    testing::Answer register_at(testing::HttpClient& from, const std::string& code = {})
    {
        boost::json::object ask{{"organization_name", "Acme"}, {"name", "Ana"},
            {"email", "ana@acme.example"}, {"password", password}};
        if (!code.empty()) ask["code"] = code;
        return from.post("/api/v1/auth/register", ask);
    }
    testing::Answer sign_in(testing::HttpClient& from, const std::string& code = {})
    {
        boost::json::object ask{{"email", "ana@acme.example"}, {"password", password}};
        if (!code.empty()) ask["code"] = code;
        return from.post("/api/v1/auth/login", ask);
    }
    // How often the organization's audit log has it.
    std::int64_t recorded(const std::string& action)
    {
        return database->read_platform([&](db::PlatformReader& db) {
            const auto organization = db.one<OrganizationId>("SELECT id FROM organizations");
            return db.in_organization(organization)
                .one<std::int64_t>("SELECT COUNT(*) FROM audit_log"
                                   " WHERE organization_id = $1 AND action = $2",
                    action);
        });
    }
    App begin()
    {
        const auto answer = ana.post("/api/v1/me/second-factor", {{"password", password}});
        REQUIRE(answer.status == 200);
        return {raw_bytes(std::string(answer.json().at("secret").as_string()))};
    }
    std::vector<std::string> confirm(App& app)
    {
        const auto answer = ana.post("/api/v1/me/second-factor/confirm", {{"code", app.code()}});
        REQUIRE(answer.status == 200);
        std::vector<std::string> codes;
        const auto made = answer.json();
        for (const auto& code : made.at("codes").as_array()) codes.emplace_back(code.as_string());
        return codes;
    }
    testing::Answer prove(const std::string& what, const std::string& code)
    {
        return ana.post(
            "/api/v1/me/second-factor/" + what, {{"password", password}, {"code", code}});
    }
    bool is_on()
    {
        return ana.get("/api/v1/me").json().at("user").at("has_second_factor").as_bool();
    }
};

std::string fault(const testing::Answer& answer)
{
    if (answer.status != 422) return "none";
    const auto error = answer.json().at("errors").at(0);
    return std::string(error.at("field").as_string()) + " "
        + std::string(error.at("code").as_string());
}

}  // namespace

TEST_CASE("signing in asks for a code once the app has shown that it has the secret")
{
    Site site;
    auto app = site.begin();
    auto browser = site.browser();
    CHECK(site.sign_in(browser).status == 200);
    CHECK_FALSE(site.is_on());
    CHECK(fault(site.ana.post("/api/v1/me/second-factor/confirm", {{"code", "12345x"}}))
        == "code wrong");
    const auto recovery = site.confirm(app);
    CHECK(site.is_on());
    CHECK(std::set(recovery.begin(), recovery.end()).size() == 10);

    auto second = site.browser();
    CHECK(fault(site.sign_in(second)) == "code required");
    CHECK(fault(site.sign_in(second, "12345x")) == "code wrong");
    CHECK(second.get("/api/v1/me").status == 401);
    CHECK(site.sign_in(second, app.code()).status == 200);
    CHECK(second.get("/api/v1/me").status == 200);
}

TEST_CASE("a code is used once, and none from before it any more")
{
    Site site;
    auto app = site.begin();
    site.confirm(app);
    app.next = 0;
    auto browser = site.browser();
    const auto code = app.code();
    CHECK(site.sign_in(browser, code).status == 200);
    CHECK(fault(site.sign_in(browser, code)) == "code wrong");
    app.next = -1;
    CHECK(fault(site.sign_in(browser, app.code())) == "code wrong");
}

TEST_CASE("each recovery code signs in once, however it is typed, and can be made anew")
{
    Site site;
    auto app = site.begin();
    auto recovery = site.confirm(app);
    auto browser = site.browser();
    auto typed = recovery[0];
    for (char& c : typed) c = c == '-' ? ' ' : char(std::toupper(c));
    CHECK(site.sign_in(browser, typed).status == 200);
    CHECK(fault(site.sign_in(browser, recovery[0])) == "code wrong");
    CHECK(site.ana.get("/api/v1/me/second-factor").json().at("recovery_codes_left") == 9);

    const auto renewed = site.prove("recovery-codes", app.code());
    REQUIRE(renewed.status == 200);
    CHECK(fault(site.sign_in(browser, recovery[1])) == "code wrong");
    const auto fresh = std::string(renewed.json().at("codes").at(0).as_string());
    CHECK(site.sign_in(browser, fresh).status == 200);
}

TEST_CASE("turning it off takes password and code")
{
    Site site;
    auto app = site.begin();
    site.confirm(app);
    CHECK(fault(site.ana.post(
              "/api/v1/me/second-factor/off", {{"password", "a guess"}, {"code", app.code()}}))
        == "password wrong");
    CHECK(fault(site.prove("off", "12345x")) == "code wrong");
    CHECK(site.is_on());
    CHECK(site.prove("off", app.code()).status == 204);
    CHECK_FALSE(site.is_on());
    CHECK(site.prove("off", app.code()).status == 409);
    CHECK(site.prove("recovery-codes", app.code()).status == 409);
    auto browser = site.browser();
    CHECK(site.sign_in(browser).status == 200);
}

TEST_CASE("setting it up takes the password, so a stolen session locks nobody out")
{
    Site site;
    CHECK(fault(site.ana.post("/api/v1/me/second-factor", {{"password", "a guess"}}))
        == "password wrong");
    auto app = site.begin();
    site.confirm(app);
    CHECK(fault(site.ana.post("/api/v1/me/second-factor", {{"password", site.password}}))
        == "code required");
    CHECK(site.ana
              .post("/api/v1/me/second-factor", {{"password", site.password}, {"code", app.code()}})
              .status
        == 409);
}

TEST_CASE("a new password and a new address take a code too")
{
    Site site;
    auto app = site.begin();
    site.confirm(app);
    const auto new_password = [&](const std::optional<std::string>& code) {
        return site.ana.put("/api/v1/me/password",
            {{"password", site.password}, {"new_password", "four old oaks stand"},
                {"code", boost::json::value_from(code)}});
    };
    const auto new_address = [&](const std::optional<std::string>& code) {
        return site.ana.post("/api/v1/me/email",
            {{"password", site.password}, {"email", "ana.ruiz@acme.example"},
                {"code", boost::json::value_from(code)}});
    };
    CHECK(fault(new_password({})) == "code required");
    CHECK(fault(new_address({})) == "code required");
    CHECK(fault(new_address("12345x")) == "code wrong");
    CHECK(site.ana.get("/api/v1/me").json().at("user").at("pending_email").is_null());
    CHECK(new_address(app.code()).status == 204);
    CHECK(new_password(app.code()).status == 204);
}

TEST_CASE("codes are not guessed, and a stranger who tries does not lock the known device out")
{
    Site site;
    auto app = site.begin();
    const auto recovery = site.confirm(app);
    int status = 0;
    for (int i = 0; i < 11; ++i) {
        auto stranger = site.browser();
        stranger.client_address = "198.51.100." + std::to_string(i);
        status = site.sign_in(stranger, "12345x").status;
    }
    CHECK(status == 429);
    auto stranger = site.browser();
    stranger.client_address = "203.0.113.1";
    CHECK(site.sign_in(stranger, app.code()).status == 429);
    CHECK(site.sign_in(site.ana, recovery[0]).status == 200);
}

TEST_CASE("founding a further organization is no way around the second factor")
{
    Site site;
    auto app = site.begin();
    site.confirm(app);
    auto browser = site.browser();
    CHECK(fault(site.register_at(browser)) == "code required");
    CHECK(browser.get("/api/v1/me").status == 401);
    CHECK(site.register_at(browser, app.code()).status == 201);
}

TEST_CASE("where everybody needs one, whoever has none can set it up and nothing else")
{
    Site site;
    const auto need = [&](bool is_needed) {
        return site.ana.put("/api/v1/organization/second-factor", {{"is_needed", is_needed}})
            .status;
    };
    CHECK(need(true) == 409);
    site.database->write_platform(
        [](db::PlatformTx& tx) { tx.run("UPDATE organizations SET needs_second_factor = TRUE"); });
    CHECK(site.ana.get("/api/v1/leads").status == 403);
    const auto me = site.ana.get("/api/v1/me").json();
    CHECK(me.at("rights") == boost::json::array{"signed_in", "own_account"});
    CHECK(me.at("organization").at("needs_second_factor") == true);

    auto app = site.begin();
    site.confirm(app);
    CHECK(site.ana.get("/api/v1/leads").status == 204);
    CHECK(site.prove("off", app.code()).status == 409);
    CHECK(need(false) == 204);
    CHECK(need(true) == 204);
}

TEST_CASE(
    "the operator switches a lost one off: everybody concerned is told, and all are signed out")
{
    Site site;
    auto app = site.begin();
    site.confirm(app);
    const auto reset = [&] {
        site.database->write_platform(
            [&](db::PlatformTx& tx) { reset_lost_second_factor(tx, "ana@acme.example"); });
    };
    site.database->write_platform(
        [](db::PlatformTx& tx) { tx.run("UPDATE users SET email_confirmed_at = NULL"); });
    CHECK_THROWS_AS(reset(), Failure);
    site.database->write_platform([](db::PlatformTx& tx) {
        tx.run("UPDATE users SET email_confirmed_at = 1");
        tx.run("UPDATE organizations SET needs_second_factor = TRUE");
    });
    reset();
    CHECK(site.ana.get("/api/v1/me").status == 401);
    auto browser = site.browser();
    CHECK(site.sign_in(browser).status == 200);
    CHECK(browser.get("/api/v1/leads").status == 403);  // another has to be set up first
    CHECK(site.recorded("leadcrm admin reset-second-factor") == 1);
    const auto letters = site.database->read_platform([](db::PlatformReader& db) {
        return db.rows<std::string>(
            "SELECT payload FROM jobs WHERE kind = 'accounts.notice_letter'");
    });
    CHECK(std::ranges::any_of(letters, [](const std::string& letter) {
        return letter.find("second_factor_lost") != std::string::npos;
    }));
    CHECK_THROWS_AS(reset(), Failure);
}

TEST_CASE("a wrong code is in the audit log, and it is not there when it was right")
{
    Site site;
    auto app = site.begin();
    const auto recovery = site.confirm(app);
    auto browser = site.browser();
    CHECK(fault(site.sign_in(browser, "12345x")) == "code wrong");
    CHECK(site.sign_in(browser, recovery[0]).status == 200);
    site.database->write_platform([](db::PlatformTx&) {});  // what was written behind the answer
    CHECK(site.recorded("second factor") == 1);
}

TEST_CASE("neither secret nor recovery codes are in the database")
{
    Site site;
    auto app = site.begin();
    const auto recovery = site.confirm(app);
    site.database->read_platform([&](db::PlatformReader& db) {
        const auto sealed = db.one<db::Blob>("SELECT secret_sealed FROM second_factors").bytes;
        CHECK(sealed.find(app.secret) == std::string::npos);
        for (const auto& hash : db.rows<db::Blob>("SELECT code_hash FROM recovery_codes"))
            CHECK(hash.bytes.size() == 32);
    });
}

TEST_CASE("the secret is sealed again when the vault has a new key")
{
    Site site;
    auto app = site.begin();
    site.confirm(app);
    const auto changed = reseal_second_factors(
        *site.database, [&](const std::string& sealed, const std::string& context) {
            return std::optional(
                testing::vault().seal(testing::vault().open(sealed, context), context));
        });
    CHECK(changed == 1);
    auto browser = site.browser();
    CHECK(site.sign_in(browser, app.code()).status == 200);
}

}  // namespace leadcrm::accounts
