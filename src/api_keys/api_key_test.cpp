#include "accounts/account_api.hpp"
#include "api_keys/api_key.hpp"
#include "api_keys/api_key_api.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/testing/comes_true.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/http_client.hpp"
#include "platform/testing/vault.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <doctest/doctest.h>

namespace leadcrm::api_keys {
namespace {

struct Lead {
    std::string from;
};
BOOST_DESCRIBE_STRUCT(Lead, (), (from))

http::Routes routes_for(db::Database& database)
{
    http::Routes routes;
    accounts::add_routes(routes, database, testing::vault(), {}, [](db::Tx&) {});
    add_routes(routes);
    routes.read("GET", "/api/v1/leads",
        [](db::Reader&, const http::Caller& caller, const http::Nothing&) {
            return Lead{caller.user_id == UserId() ? caller.organization_id.text() : "a person"};
        },
        {"List leads", http::Right::read_leads});
    routes.write("POST", "/api/v1/leads",
        [](db::PlatformTx&, const http::Caller&, const http::Nothing&) { return Lead{}; },
        {"Make a lead", http::Right::write_leads});
    return routes;
}

struct Office {
    testing::TestDatabase database;
    http::Routes routes = routes_for(*database);
    http::Site site{.database = &*database,
        .authenticate = with_keys(accounts::authenticator(*database), *database),
        .session_cookie = accounts::cookie_name(false),
        .public_url = "http://crm.example.com",
        .key_quota = 5};
    testing::HttpClient owner{routes, site};
    testing::HttpClient program{routes, site};
    std::string organization;

    Office()
    {
        const auto answer = owner.post("/api/v1/auth/register",
            {{"organization_name", "Acme"}, {"name", "Ana"}, {"email", "ana@acme.example"},
                {"password", "correct horse battery"}});
        REQUIRE(answer.status == 201);
        organization = answer.json().at("organization").at("id").as_string();
    }

    boost::json::value make(boost::json::object more = {})
    {
        boost::json::object ask{{"name", "Warehouse"}, {"scopes", {"read_leads"}}};
        for (auto& [name, value] : more) ask[name] = value;
        const auto answer = owner.post("/api/v1/keys", ask);
        REQUIRE(answer.status == 201);
        return answer.json();
    }
    std::string token(boost::json::object more = {})
    {
        return std::string(make(std::move(more)).at("token").as_string());
    }
    // Without an Origin, as a program asks.
    testing::Answer ask(const std::string& token, const std::string& method = "GET")
    {
        http::Request request;
        request.method = method;
        request.target = "/api/v1/leads";
        request.headers = {{"Authorization", "Bearer " + token}, {"Origin", ""}};
        return program.send(std::move(request));
    }
    boost::json::array listed() { return owner.get("/api/v1/keys").json().at("data").as_array(); }
};

}  // namespace

TEST_CASE("a key opens what its scopes say, in its organization, without cookie or origin")
{
    Office office;
    const auto made = office.make();
    const auto token = std::string(made.at("token").as_string());
    CHECK(token.starts_with("lcrm_"));
    CHECK(token.size() == 5 + 43);
    CHECK(token.starts_with(std::string(made.at("key").at("hint").as_string())));
    CHECK(made.at("key").at("made_by") == "Ana");
    CHECK(office.listed().at(0).at("made_by_id")
        == office.owner.get("/api/v1/me").json().at("user").at("id"));

    const auto answer = office.ask(token);
    CHECK(answer.status == 200);
    CHECK(answer.json().at("from").as_string() == office.organization);

    const auto refused = office.ask(token, "POST");
    CHECK(refused.status == 403);
    CHECK(refused.body.find("write_leads") != std::string::npos);
    CHECK(refused.header("RateLimit") == "\"key\";r=3;t=60");
    CHECK(office.ask(office.token({{"scopes", {"write_leads"}}}), "POST").status == 200);
}

TEST_CASE("a key is told once and stored as a hash")
{
    Office office;
    const auto token = office.token();
    CHECK(office.owner.get("/api/v1/keys").body.find(token) == std::string::npos);
    const auto hash = office.database->read_platform(
        [](db::PlatformReader& db) { return db.one<db::Blob>("SELECT token_hash FROM api_keys"); });
    CHECK(hash.bytes == crypto::sha256(token));
    CHECK(office.ask(crypto::hex(hash.bytes)).status == 401);
}

TEST_CASE("keys that are unknown, revoked, expired or used from elsewhere open nothing")
{
    Office office;
    CHECK(office.ask("lcrm_unknown").status == 401);
    CHECK(office.ask("lcrm_unknown").header("WWW-Authenticate") == "Bearer");

    const auto made = office.make();
    const auto path = "/api/v1/keys/" + std::string(made.at("key").at("id").as_string());
    CHECK(office.ask(std::string(made.at("token").as_string())).status == 200);
    CHECK(office.owner.del(path).status == 204);
    CHECK(office.ask(std::string(made.at("token").as_string())).status == 401);
    CHECK(office.owner.del(path).status == 404);
    CHECK(office.listed().empty());

    const auto brief =
        office.token({{"expires_at", rfc3339(Instant::now() + std::chrono::hours(1))}});
    CHECK(office.ask(brief).status == 200);
    office.database->write_platform(
        [](db::PlatformTx& tx) { tx.run("UPDATE api_keys SET expires_at = $1", Instant::now()); });
    const auto expired = office.ask(brief);
    CHECK(expired.status == 401);
    CHECK(expired.body.find("expired") != std::string::npos);

    const auto bound = office.token({{"addresses", {"198.51.100.0/24", "2001:db8::/32"}}});
    CHECK(office.ask(bound).status == 403);
    office.program.client_address = "198.51.100.20";
    CHECK(office.ask(bound).status == 200);
    office.program.client_address = "2001:db8::9";
    CHECK(office.ask(bound).status == 200);
}

TEST_CASE("keys of a suspended organization are refused, as its members are")
{
    Office office;
    const auto token = office.token();
    const auto suspend = [&](std::optional<Instant> at) {
        office.database->write_platform(
            [&](db::PlatformTx& tx) { tx.run("UPDATE organizations SET suspended_at = $1", at); });
    };
    suspend(Instant::now());
    CHECK(office.ask(token).status == 403);
    suspend(std::nullopt);
    CHECK(office.ask(token).status == 200);
}

TEST_CASE("a key that cannot be meant is refused by name")
{
    Office office;
    const auto wrong = [&](const boost::json::object& ask) {
        return office.owner.post("/api/v1/keys", ask).wrong_fields();
    };
    using Fields = std::vector<std::string>;
    const boost::json::array some{"read_leads"};
    CHECK(wrong({{"name", "a"}, {"scopes", boost::json::array()}}) == Fields{"scopes"});
    CHECK(wrong({{"name", "a"}, {"scopes", {"manage_organization"}}}) == Fields{"scopes[0]"});
    CHECK(wrong({{"name", "a"}, {"scopes", some}, {"addresses", {"10.0.0.0/33"}}})
        == Fields{"addresses"});
    CHECK(wrong({{"name", "a"}, {"scopes", some}, {"addresses", {"10.0.0.1, 10.0.0.2"}}})
        == Fields{"addresses"});
    CHECK(wrong({{"name", "a"}, {"scopes", some}, {"expires_at", "2020-01-01T00:00:00Z"}})
        == Fields{"expires_at"});
    CHECK(office.listed().empty());
}

TEST_CASE("each key has a quota of its own, told in every answer")
{
    Office office;
    const auto token = office.token();
    for (int left = 4; left >= 0; --left) {
        const auto answer = office.ask(token);
        CHECK(answer.status == 200);
        CHECK(answer.header("RateLimit-Policy") == "\"key\";q=5;w=60");
        CHECK(answer.header("RateLimit") == "\"key\";r=" + std::to_string(left) + ";t=60");
    }
    const auto refused = office.ask(token);
    CHECK(refused.status == 429);
    CHECK(refused.header("Retry-After") == "60");
    CHECK(refused.header("RateLimit") == "\"key\";r=0;t=60");
    CHECK(office.ask(office.token()).status == 200);
    CHECK(office.owner.get("/api/v1/leads").header("RateLimit").empty());
}

TEST_CASE("a window of a quota ends, and the next one is whole")
{
    http::RateLimit limit(2);
    const auto key = ApiKeyId::make();
    const http::RateLimit::Clock::time_point begin{std::chrono::hours(1)};
    CHECK(limit.count(key, begin).remaining == 1);
    CHECK(limit.count(key, begin + std::chrono::seconds(20)).reset_s == 40);
    CHECK_FALSE(limit.count(key, begin + std::chrono::seconds(59)).is_within);
    CHECK(limit.count(key, begin + std::chrono::seconds(60)).remaining == 1);
}

TEST_CASE("the last use of a key is known, and written at most every few minutes")
{
    Office office;
    const auto token = office.token();
    CHECK(office.listed().at(0).at("last_used_at").is_null());
    CHECK(office.ask(token).status == 200);
    const auto last_use = [&] { return office.listed().at(0).at("last_used_at"); };
    REQUIRE(testing::comes_true([&] { return last_use().is_string(); }));
    const auto first = last_use();
    CHECK(office.ask(token).status == 200);
    // Written beside the answer: another write comes after it.
    office.database->write_platform([](db::PlatformTx&) {});
    CHECK(last_use() == first);
}

TEST_CASE("keys of one organization are nobody else's")
{
    Office office;
    const auto path = "/api/v1/keys/" + std::string(office.make().at("key").at("id").as_string());
    testing::HttpClient other{office.routes, office.site};
    REQUIRE(other
                .post("/api/v1/auth/register",
                    {{"organization_name", "Globex"}, {"name", "Hank"},
                        {"email", "hank@globex.example"}, {"password", "correct horse battery"}})
                .status
        == 201);
    CHECK(other.get("/api/v1/keys").json().at("data").as_array().empty());
    CHECK(other.del(path).status == 404);
    CHECK(office.listed().size() == 1);
}

}  // namespace leadcrm::api_keys
