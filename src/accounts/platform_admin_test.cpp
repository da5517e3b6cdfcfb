// Who operates the service: how an account becomes one, what it may do until its second factor is
// set up, and that it is nobody in any organization.
#include "accounts/new_password.hpp"
#include "app/testing/whole_product.hpp"
#include "deletion/deletion_steps.hpp"
#include "platform/testing/comes_true.hpp"

#include <doctest/doctest.h>

namespace leadcrm::app {

using namespace testing;

namespace {

constexpr auto password = "a long enough password";

accounts::User appoint(Product& product, const std::string& email)
{
    return product.database->write_platform([&](db::PlatformTx& tx) {
        return accounts::appoint_platform_admin(tx, email, std::nullopt);
    });
}

void set_password(Product& product, HttpClient& browser, const UserId& user)
{
    const auto link = accounts::make_reset_link(*product.database, user, "http://crm.example.com");
    REQUIRE(link.starts_with("http://crm.example.com/app/new-password#"));
    const auto token = link.substr(link.find('#') + 1);
    REQUIRE(browser.post("/api/v1/auth/password", {{"token", token}, {"password", password}}).status
        == 204);
    CHECK(browser.post("/api/v1/auth/password", {{"token", token}, {"password", password}}).status
        == 404);
}

Answer sign_in(HttpClient& browser, const std::string& email)
{
    return browser.post("/api/v1/auth/login", {{"email", email}, {"password", password}});
}

void give_second_factor(Product& product, const UserId& user)
{
    product.database->write_platform([&](db::PlatformTx& tx) {
        tx.run("INSERT INTO second_factors (user_id, secret_sealed, confirmed_at, last_step)"
               " VALUES ($1, $2, 1, 0)",
            user, db::Blob{"sealed"});
    });
}

}  // namespace

TEST_CASE(
    "a platform admin signs in with the link's password, in no organization, and needs a second "
    "factor first")
{
    Product product;
    const auto ada = appoint(product, "ada@operator.example");
    CHECK(ada.name == "ada");
    auto browser = product.stranger();
    CHECK(sign_in(browser, ada.email).status == 401);
    set_password(product, browser, ada.id);
    const auto signed_in = sign_in(browser, ada.email);
    REQUIRE(signed_in.status == 200);
    CHECK(signed_in.json().at("organization").is_null());
    CHECK(signed_in.json().at("role").is_null());
    CHECK(signed_in.json().at("rights").as_array().size() == 2);
    CHECK(browser.get("/api/v1/platform/organizations").status == 403);
    give_second_factor(product, ada.id);
    CHECK(browser.get("/api/v1/platform/organizations").status == 200);
    CHECK(browser.get("/api/v1/leads").status == 403);
    // Changing one's own name is recorded nowhere: there is no organization whose log it could be.
    CHECK(browser
              .put("/api/v1/me/profile", {{"name", "Ada L"}, {"phone", nullptr}},
                  {{"Idempotency-Key", "once"}})
              .status
        == 204);
    CHECK(browser.get("/api/v1/me").json().at("user").at("name") == "Ada L");
    CHECK(browser.get("/api/v1/me/sessions").json().at("data").as_array().size() >= 1);
}

TEST_CASE("whoever only registered with the address does not become one with it")
{
    Product product;
    auto stranger = product.stranger();
    REQUIRE(stranger
                .post("/api/v1/auth/register",
                    {{"organization_name", "Trap"}, {"name", "Mallory"},
                        {"email", "ada@operator.example"}, {"password", password}})
                .status
        == 201);
    const auto mallory = *UserId::parse(
        std::string(stranger.get("/api/v1/me").json().at("user").at("id").as_string()));
    const auto ada = appoint(product, "ada@operator.example");
    CHECK(ada.id != mallory);
    CHECK(stranger.post("/api/v1/me/platform").status == 403);
    // Named again, it is the same account.
    CHECK(appoint(product, "ada@operator.example").id == ada.id);
}

TEST_CASE("a member who operates the service too goes there and back, with one session at a time")
{
    Product product;
    const auto me = product.owner.get("/api/v1/me").json();
    const auto ana = *UserId::parse(std::string(me.at("user").at("id").as_string()));
    CHECK(product.owner.post("/api/v1/me/platform").status == 403);
    product.database->write_platform([&](db::PlatformTx& tx) {
        tx.run("UPDATE users SET email_confirmed_at = 1 WHERE id = $1", ana);
    });
    CHECK(appoint(product, "ana@acme.example").id == ana);
    give_second_factor(product, ana);
    // As an owner, Ana is an owner and nothing else.
    CHECK(product.owner.get("/api/v1/platform/organizations").status == 403);
    const auto old = product.owner.cookies;
    REQUIRE(product.owner.post("/api/v1/me/platform").status == 200);
    CHECK(product.owner.get("/api/v1/platform/organizations").status == 200);
    CHECK(product.owner.get("/api/v1/leads").status == 403);
    auto before = product.stranger();
    before.cookies = old;
    CHECK(before.get("/api/v1/leads").status == 401);
    const auto organization = me.at("organization").at("id");
    REQUIRE(
        product.owner.post("/api/v1/me/organization", {{"organization_id", organization}}).status
        == 200);
    CHECK(product.owner.get("/api/v1/leads").status == 200);
    CHECK(product.owner.get("/api/v1/platform/organizations").status == 403);
}

TEST_CASE("who is no platform admin any more is out at once")
{
    Product product;
    auto& ada = product.admin();
    CHECK(ada.get("/api/v1/platform/health").status == 200);
    const auto dismiss = [&] {
        return product.database->write_platform([&](db::PlatformTx& tx) {
            return accounts::dismiss_platform_admin(tx, "ada@operator.example");
        });
    };
    CHECK(dismiss());
    CHECK_FALSE(dismiss());
    CHECK(ada.get("/api/v1/platform/health").status == 401);
    CHECK(ada.get("/api/v1/me").status == 401);
}

TEST_CASE("suspending an organization is in its audit log as the operator's act, with the name")
{
    Product product;
    auto& ada = product.admin();
    const auto id =
        std::string(product.owner.get("/api/v1/me").json().at("organization").at("id").as_string());
    const auto path = "/api/v1/platform/organizations/" + id + "/suspension";
    const auto again = "/api/v1/platform/organizations/" + id + "/restoration";
    CHECK(ada.post(again, {{"reason", "Nothing was wrong."}}).status == 409);
    CHECK(ada.put(path, {{"reason", "x"}}).status == 422);
    REQUIRE(ada.put(path, {{"reason", "The invoice is open."}}).status == 204);
    CHECK(product.owner.get("/api/v1/leads").status == 403);
    CHECK(ada.get("/api/v1/platform/organizations/" + id).json().at("suspension")
        == "The invoice is open.");
    CHECK(ada.post(again, {}).wrong_fields() == std::vector<std::string>{"reason"});
    CHECK(product.owner.get("/api/v1/leads").status == 403);
    REQUIRE(ada.post(again, {{"reason", "It is paid."}}).status == 204);
    CHECK(product.owner.get("/api/v1/leads").status == 200);
    const auto log = product.owner.get("/api/v1/audit").json().at("data").as_array();
    REQUIRE(log.size() >= 2);
    CHECK(log[0].at("action") == "POST /api/v1/platform/organizations/{id}/restoration");
    CHECK(log[0].at("object") == "It is paid.");
    CHECK(log[0].at("who").at("kind") == "support");
    CHECK(log[0].at("who").at("name") == "Ada");
    CHECK(log[1].at("object") == "The invoice is open.");
    CHECK(product.owner.get("/api/v1/audit.csv").body.find("Support (Ada)") != std::string::npos);
}

TEST_CASE("organizations are found by part of their names, a page at a time")
{
    Product product;
    auto& ada = product.admin();
    for (const auto* name : {"Clínica Norte", "Clinica Sur", "Globex"}) {
        auto other = product.stranger();
        REQUIRE(other
                    .post("/api/v1/auth/register",
                        {{"organization_name", name}, {"name", "Hank"},
                            {"email", "hank@example.example"}, {"password", password}})
                    .status
            == 201);
    }
    const auto list = [&](const std::string& ask) {
        return ada.get("/api/v1/platform/organizations?" + ask).json();
    };
    CHECK(list("q=clinica").at("data").as_array().size() == 2);
    CHECK(list("q=nothing").at("data").as_array().empty());
    const auto first = list("limit=3");
    CHECK(first.at("data").as_array().size() == 3);
    const auto rest = list("limit=3&cursor=" + std::string(first.at("next_cursor").as_string()));
    REQUIRE(rest.at("data").as_array().size() == 1);
    CHECK(rest.at("data").as_array()[0].at("name") == "Globex");
    CHECK(rest.at("next_cursor").is_null());
}

TEST_CASE("letters are shown without their text, and nobody's whole address")
{
    Product product;
    auto& ada = product.admin();
    product.database->write_platform([&](db::PlatformTx& tx) {
        tx.run("INSERT INTO mails (id, recipient, subject, text, created_at)"
               " VALUES ($1, 'quince@acme.example', 'Set a new password',"
               " 'http://crm.example.com/app/new-password#secret', $2)",
            make_uuid(), Instant::now());
    });
    const auto answer = ada.get("/api/v1/platform/mails");
    CHECK(answer.body.find("quince") == std::string::npos);
    CHECK(answer.body.find("secret") == std::string::npos);
    const auto mail = answer.json().at("newest").as_array().at(0);
    CHECK(mail.at("recipient") == "q\u2026@acme.example");
    CHECK(mail.at("is_sent") == false);
}

TEST_CASE(
    "an organization that goes does not take the account of whoever operates the service along")
{
    Product product;
    const auto me = product.owner.get("/api/v1/me").json();
    const auto ana = *UserId::parse(std::string(me.at("user").at("id").as_string()));
    product.database->write_platform([&](db::PlatformTx& tx) {
        tx.run("UPDATE users SET email_confirmed_at = 1 WHERE id = $1", ana);
        accounts::appoint_platform_admin(tx, "ana@acme.example", std::nullopt);
    });
    REQUIRE(product.owner
                .post("/api/v1/organization/deletion",
                    {{"organization_name", "Acme"}, {"password", "correct horse battery"},
                        {"grace_days", 0}})
                .status
        < 300);
    const auto is_there = [&](const char* table) {
        return product.database->read_platform([&](db::PlatformReader& db) {
            return db.one<std::int64_t>("SELECT COUNT(*) FROM " + std::string(table));
        });
    };
    product.program.start();
    CHECK(testing::comes_true([&] { return is_there("organizations") == 0; }));
    product.program.stop();
    CHECK(is_there("platform_admins") == 1);
    CHECK(is_there("users") == 1);
}

}  // namespace leadcrm::app
