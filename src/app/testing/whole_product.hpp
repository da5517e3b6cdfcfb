// The whole program for tests that ask something of every endpoint, and how to ask.
#pragma once

#include "accounts/platform_admin.hpp"
#include "app/program.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/http_client.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

namespace leadcrm::app::testing {

namespace fs = std::filesystem;
using namespace leadcrm::testing;

struct Folder {
    fs::path path = fs::temp_directory_path() / ("leadcrm-routes-" + crypto::random_token(9));
    ~Folder() { fs::remove_all(path); }
};

// The whole program without sockets, one organization, its owner signed in.
struct Product {
    Folder folder;
    Config config = with_meta();
    leadcrm::testing::TestDatabase database;
    Program program{config, *database};
    leadcrm::testing::HttpClient owner{program.routes(), program.site()};

    Product()
    {
        const auto answer = owner.post("/api/v1/auth/register",
            {{"organization_name", "Acme"}, {"name", "Ana"}, {"email", "ana@acme.example"},
                {"password", "correct horse battery"}});
        REQUIRE(answer.status == 201);
    }
    Config with_meta() const
    {
        Config made;
        made.data = folder.path;
        made.public_url = "http://crm.example.com";
        made.meta_app_id = "555";
        made.meta_app_secret = "secret";
        made.meta_verify_token = "verify";
        return made;
    }
    leadcrm::testing::HttpClient stranger() { return {program.routes(), program.site()}; }

    // Ada operates the service, with a second factor, and is in no organization.
    leadcrm::testing::HttpClient& admin()
    {
        if (admin_) return *admin_;
        admin_ = std::make_unique<leadcrm::testing::HttpClient>(program.routes(), program.site());
        database->write_platform([&](db::PlatformTx& tx) {
            const auto ada = accounts::appoint_platform_admin(tx, "ada@operator.example", "Ada");
            tx.run("INSERT INTO second_factors (user_id, secret_sealed, confirmed_at, last_step)"
                   " VALUES ($1, $2, 1, 0)",
                ada.id, db::Blob{"sealed"});
            admin_->cookies["leadcrm_session"] =
                accounts::enter_platform(tx, ada.id, {"192.0.2.9", "test", ""}).token;
        });
        return *admin_;
    }
    // Whoever may call the route.
    leadcrm::testing::HttpClient& caller_of(const http::Route& route)
    {
        return route.endpoint.right == http::Right::operate_platform ? admin() : owner;
    }

private:
    std::unique_ptr<leadcrm::testing::HttpClient> admin_;
};

// How much every table holds: what a refused request must not change. Tries are counted on
// purpose, and jobs come and go by themselves.
inline std::string contents(db::Database& database)
{
    return database.read_platform([](db::PlatformReader& db) {
        std::string text;
        for (const auto* table : {"organizations", "users", "memberships", "sessions",
                 "page_routes", "webhook_deliveries"})
            text += std::string(table) + " "
                + std::to_string(db.one<std::int64_t>("SELECT COUNT(*) FROM " + std::string(table)))
                + "\n";
        return text;
    });
}

inline bool is_json_endpoint(const http::Route& route)
{
    return !std::holds_alternative<http::Route::Raw>(route.run)
        && !std::holds_alternative<http::Route::Stream>(route.run);
}

inline bool is_open(const http::Route& route)
{
    return route.endpoint.right == http::Right::everybody;
}
inline bool has_body(const http::Route& route)
{
    return is_json_endpoint(route) && route.ask_source() == http::AskSource::body
        && !route.shape.members().empty();
}

// The route's address with an id that nobody has: right in form where it is an id.
inline std::string address(const http::Route& route)
{
    std::string text = route.path;
    for (auto open = text.find('{'); open != std::string::npos; open = text.find('{'))
        text.replace(open, text.find('}') - open + 1, "lead_01h455vb4pex5vsknk084sn02q");
    return text;
}

inline http::Request request(const http::Route& route, std::string body = {})
{
    http::Request made;
    made.method = route.method;
    made.target = address(route);
    made.body = std::move(body);
    made.headers = {{"If-Match", "\"1\""}};
    if (!made.body.empty()) made.headers.emplace_back("Content-Type", "application/json");
    return made;
}

// A problem a person understands: type, title, detail, and every wrong field with a message.
inline void check_problem(const leadcrm::testing::Answer& answer)
{
    CHECK(answer.content_type == "application/problem+json");
    const auto problem = answer.json().as_object();
    for (const auto* member : {"type", "title", "status", "request_id"})
        CHECK(problem.contains(member));
    CHECK(problem.at("status") == answer.status);
    if (answer.status == 422)
        for (const auto& error : problem.at("errors").as_array())
            CHECK(error.at("message").as_string().size() > 5);
}

}  // namespace leadcrm::app::testing
