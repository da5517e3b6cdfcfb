#include "accounts/account_api.hpp"
#include "api_keys/api_key.hpp"
#include "api_keys/api_key_api.hpp"
#include "audit/action.hpp"
#include "audit/audit.hpp"
#include "audit/audit_api.hpp"
#include "platform/testing/comes_true.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/http_client.hpp"
#include "platform/testing/vault.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <doctest/doctest.h>

namespace leadcrm::audit {
namespace {

using LeadId = Id<"lead">;

struct OneLead {
    LeadId id;
};
BOOST_DESCRIBE_STRUCT(OneLead, (), (id))

struct Note {
    LeadId id;
    Text<1, 100> text;
};
BOOST_DESCRIBE_STRUCT(Note, (), (id, text))

http::Routes routes_for(db::Database& database)
{
    using http::Right;
    http::Routes routes;
    accounts::add_routes(routes, database, testing::vault(), {}, [](db::Tx&) {});
    api_keys::add_routes(routes);
    add_routes(routes);
    routes.read("GET", "/api/v1/leads",
        [](db::Reader&, const http::Caller&, const http::Nothing&) { return OneLead{}; },
        {"List leads", Right::read_leads});
    routes.read("GET", "/api/v1/leads/{id}",
        [](db::Reader&, const http::Caller&, const OneLead& ask) { return ask; },
        {"Read a lead", Right::read_leads});
    routes.write("POST", "/api/v1/leads",
        [](db::Tx&, const http::Caller&, const http::Nothing&) { return OneLead{LeadId::make()}; },
        {"Make a lead", Right::write_leads, "", 201});
    routes.write("PATCH", "/api/v1/leads/{id}",
        [](db::Tx&, const http::Caller&, const Note& ask) {
            if (ask.text.value == "no") throw Failure::conflict("Somebody was faster.");
            return OneLead{ask.id};
        },
        {"Write about a lead", Right::write_leads});
    routes.work("POST", "/api/v1/leads/{id}/call",
        [](const http::Call&, const OneLead&) { return http::Nothing(); },
        {"Call a lead", Right::write_leads, "", 204});
    // Writes by itself, and may fail before its commit or after it.
    routes.work("PUT", "/api/v1/leads/{id}/note",
        [&database](const http::Call& call, const Note& ask) {
            database.write_platform([&](db::PlatformTx& tx) {
                call.record(tx);
                if (ask.text.value == "too late") throw Failure::conflict("Somebody was faster.");
            });
            if (ask.text.value == "cut off") throw Failure::unavailable("The server stops.", 1);
            return http::Nothing();
        },
        {"Note about a lead", Right::write_leads, "", 204});
    return routes;
}

struct Office {
    testing::TestDatabase database;
    http::Routes routes = routes_for(*database);
    http::Site site{.database = &*database,
        .authenticate = api_keys::with_keys(accounts::authenticator(*database), *database),
        .session_cookie = accounts::cookie_name(false),
        .public_url = "http://crm.example.com",
        .record = recorder()};
    testing::HttpClient owner{routes, site};

    Office() { join(owner, "Ana"); }

    static void join(testing::HttpClient& browser, const std::string& name)
    {
        REQUIRE(
            browser
                .post("/api/v1/auth/register",
                    {{"organization_name", name}, {"name", name}, {"email", name + "@acme.example"},
                        {"password", "correct horse battery"}})
                .status
            == 201);
    }
    // "PATCH /api/v1/leads/{id}", the newest first.
    std::vector<std::string> actions(const std::string& query = "")
    {
        // What is recorded beside an answer comes before this write.
        database->write_platform([](db::PlatformTx&) {});
        std::vector<std::string> found;
        for (const auto& entry : entries(query)) found.emplace_back(entry.at("action").as_string());
        return found;
    }
    boost::json::array entries(const std::string& query = "")
    {
        const auto answer = owner.get("/api/v1/audit" + query);
        REQUIRE(answer.status == 200);
        return answer.json().at("data").as_array();
    }
};

using Actions = std::vector<std::string>;
const std::string change = "PATCH /api/v1/leads/{id}";
const std::string opening = "GET /api/v1/leads/{id}";
const std::string making = "POST /api/v1/leads";

}  // namespace

TEST_CASE("what an endpoint changes is recorded without its doing, with ids and nothing else")
{
    Office office;
    const auto lead = LeadId::make().text();
    const auto path = "/api/v1/leads/" + lead;
    REQUIRE(office.owner.patch(path, {{"text", "calls herself Ana Lima"}}).status == 200);
    REQUIRE(office.owner.post("/api/v1/leads").status == 201);
    REQUIRE(office.owner.post(path + "/call").status == 204);
    const auto entries = office.entries();
    REQUIRE(office.actions("?limit=3") == Actions{"POST /api/v1/leads/{id}/call", making, change});
    const auto& entry = entries.at(2);
    CHECK(entry.at("who").at("kind") == "person");
    CHECK(entry.at("who").at("name") == "Ana");
    CHECK(entry.at("what") == "Write about a lead");
    CHECK(entry.at("object").as_string() == lead);
    CHECK(entry.at("outcome") == "done");
    CHECK(entry.at("address") == "192.0.2.1");
    CHECK(entries.at(1).at("object").as_string().starts_with("lead_"));
    CHECK(boost::json::serialize(entries).find("Lima") == std::string::npos);
    CHECK(entry.at("object_name").is_null());
}

TEST_CASE("what it was done to is named as it is called today, and strangers are not")
{
    Office office;
    testing::HttpClient stranger{office.routes, office.site};
    Office::join(stranger, "Ben");
    const auto id_of = [](testing::HttpClient& who) {
        return std::string(who.get("/api/v1/me").json().at("user").at("id").as_string());
    };
    const auto organization = OrganizationId::parse(
        office.owner.get("/api/v1/me").json().at("organization").at("id").as_string());
    const auto ours = id_of(office.owner);
    const auto theirs = id_of(stranger);
    const auto gone = LeadId::make().text();
    office.database->write(*organization, [&](db::Tx& tx) {
        tx.run("INSERT INTO forms (organization_id, form_id, page_id, name, status, questions,"
               " disclaimers, read_at) VALUES ($1, '77', '7', 'Spring', 'ACTIVE', '[]', '[]', 1)");
        for (const auto& object : {ours, theirs, gone, std::string("77"), std::string("78")})
            record(tx, {.action = change, .what = "Change", .object = object});
    });
    std::map<std::string, json::value> names;
    for (const auto& entry : office.entries("?action=" + change))
        names[std::string(entry.at("object").as_string())] = entry.at("object_name");
    CHECK(names.at(ours) == "Ana");
    CHECK(names.at("77") == "Spring");
    for (const auto& nameless : {theirs, gone, std::string("78")})
        CHECK(names.at(nameless).is_null());
    office.database->write(*organization,
        [](db::Tx& tx) { tx.run("UPDATE forms SET name = 'Autumn' WHERE organization_id = $1"); });
    CHECK(office.entries("?object=77").at(0).at("object_name") == "Autumn");
}

TEST_CASE("what no screen has words for is not recorded")
{
    CHECK(is_action("PATCH /api/v1/leads/{id}"));
    CHECK(is_action("privacy.retention"));
    for (const auto* other : {"", "privacy", "GET /meta/other", "something new"})
        CHECK_FALSE(is_action(other));
}

TEST_CASE("what was refused or rolled back is not recorded as a change")
{
    Office office;
    const auto path = "/api/v1/leads/" + LeadId::make().text();
    CHECK(office.owner.patch(path, {{"text", "no"}}).status == 409);
    CHECK(office.owner.patch(path, {{"text", ""}}).status == 422);
    CHECK(office.actions("?action=PATCH%20/api/v1/leads/%7Bid%7D").empty());
}

TEST_CASE("what a handler writes by itself is recorded with it, once, or not at all")
{
    Office office;
    const auto path = "/api/v1/leads/" + LeadId::make().text() + "/note";
    const auto noted = [&] {
        return office.actions("?action=PUT%20/api/v1/leads/%7Bid%7D/note").size();
    };
    CHECK(office.owner.put(path, {{"text", "too late"}}).status == 409);
    CHECK(noted() == 0);
    CHECK(office.owner.put(path, {{"text", "cut off"}}).status == 503);
    CHECK(noted() == 1);
    CHECK(office.owner.put(path, {{"text", "well"}}).status == 204);
    CHECK(noted() == 2);
}

TEST_CASE("opening one lead is recorded once in a while, lists are not")
{
    Office office;
    const auto openings = [&] { return office.actions("?action=GET%20/api/v1/leads/%7Bid%7D"); };
    const auto first = "/api/v1/leads/" + LeadId::make().text();
    CHECK(office.owner.get(first).status == 200);
    // The answer does not wait for the record.
    CHECK(testing::comes_true([&] { return openings() == Actions{opening}; }));
    for (int i = 0; i < 2; ++i) CHECK(office.owner.get(first).status == 200);
    CHECK(office.owner.get("/api/v1/leads/" + LeadId::make().text()).status == 200);
    CHECK(office.owner.get("/api/v1/leads").status == 200);
    CHECK(testing::comes_true([&] { return openings() == Actions{opening, opening}; }));
    CHECK(office.actions("?action=GET%20/api/v1/leads").empty());
}

TEST_CASE("fetching a file is recorded, that of the log itself too")
{
    Office office;
    const std::string fetching = "GET /api/v1/audit.csv";
    CHECK(office.owner.get("/api/v1/audit.csv").status == 200);
    CHECK(testing::comes_true(
        [&] { return office.actions("?action=GET%20/api/v1/audit.csv") == Actions{fetching}; }));
}

TEST_CASE("a key that changes something is who did it, by its name")
{
    Office office;
    const auto made =
        office.owner.post("/api/v1/keys", {{"name", "Warehouse"}, {"scopes", {"write_leads"}}});
    REQUIRE(made.status == 201);
    const auto id = std::string(made.json().at("key").at("id").as_string());
    testing::HttpClient program{office.routes, office.site};
    CHECK(program
              .post("/api/v1/leads", {},
                  {{"Authorization", "Bearer " + std::string(made.json().at("token").as_string())}})
              .status
        == 201);
    const auto entries = office.entries("?key_id=" + id);
    REQUIRE(entries.size() == 1);
    CHECK(entries.at(0).at("who").at("kind") == "key");
    CHECK(entries.at(0).at("who").at("name") == "Warehouse");
    // The making of the key names it, and nothing of it.
    const auto making_it = office.entries("?object=" + id);
    REQUIRE(making_it.size() == 1);
    CHECK(making_it.at(0).at("action") == "POST /api/v1/keys");
    CHECK(boost::json::serialize(making_it).find("lcrm_") == std::string::npos);
}

TEST_CASE("signing in, failing to, and signing out are recorded")
{
    Office office;
    testing::HttpClient other{office.routes, office.site};
    const auto sign_in = [&](const std::string& password) {
        return other
            .post("/api/v1/auth/login", {{"email", "Ana@acme.example"}, {"password", password}})
            .status;
    };
    other.client_address = "198.51.100.9";
    CHECK(sign_in("no idea at all") == 401);
    CHECK(sign_in("correct horse battery") == 200);
    CHECK(other.post("/api/v1/auth/logout").status == 204);
    CHECK(other
              .post("/api/v1/auth/login",
                  {{"email", "nobody@acme.example"}, {"password", "no idea at all"}})
              .status
        == 401);
    const std::string in = "POST /api/v1/auth/login";
    REQUIRE(office.actions()
        == Actions{"POST /api/v1/auth/logout", in, in, "POST /api/v1/auth/register"});
    const auto entries = office.entries();
    CHECK(entries.at(1).at("outcome") == "done");
    CHECK(entries.at(2).at("outcome") == "refused");
    for (int i = 0; i < 3; ++i) {
        CHECK(entries.at(std::size_t(i)).at("who").at("name") == "Ana");
        CHECK(entries.at(std::size_t(i)).at("address") == "198.51.100.9");
    }
}

TEST_CASE("the log is read by pages, person, object and time, and as a file")
{
    Office office;
    const auto lead = LeadId::make().text();
    for (int i = 0; i < 5; ++i)
        REQUIRE(office.owner.patch("/api/v1/leads/" + lead, {{"text", "a"}}).status == 200);
    std::size_t seen = 0;
    std::string cursor;
    do {
        const auto page =
            office.owner.get("/api/v1/audit?limit=2&object=" + lead + cursor).json().as_object();
        seen += page.at("data").as_array().size();
        const auto& next = page.at("next_cursor");
        cursor = next.is_null() ? "" : "&cursor=" + std::string(next.as_string());
    } while (!cursor.empty());
    CHECK(seen == 5);
    const auto who =
        std::string(office.entries("?object=" + lead).at(0).at("who").at("id").as_string());
    CHECK(office.entries("?limit=200&object=" + lead + "&user_id=" + who).size() == 5);
    CHECK(office.entries("?user_id=" + UserId::make().text()).empty());
    CHECK(office.entries("?until=2020-01-01T00:00:00Z").empty());
    CHECK(office.entries("?object=" + lead + "&from=2020-01-01T00:00:00Z").size() == 5);
    const auto file = office.owner.get("/api/v1/audit.csv?object=" + lead);
    CHECK(file.content_type == "text/csv; charset=utf-8");
    CHECK(std::count(file.body.begin(), file.body.end(), '\n') == 6);
    CHECK(file.body.find("Ana,user_") != std::string::npos);
}

TEST_CASE("entries go when they are older than the organization keeps them")
{
    Office office;
    REQUIRE(office.owner.post("/api/v1/leads").status == 201);
    const auto id = *OrganizationId::parse(
        std::string(office.owner.get("/api/v1/me").json().at("organization").at("id").as_string()));
    const auto removed_in = [&](int days) {
        return office.database->write(id, [&](db::Tx& tx) {
            return remove_old(tx, Instant::now() + std::chrono::hours(24) * days, 1);
        });
    };
    CHECK(removed_in(364) == 0);
    CHECK(office.owner.put("/api/v1/audit/retention", {{"keep_days", 29}}).status == 422);
    REQUIRE(office.owner.put("/api/v1/audit/retention", {{"keep_days", 30}}).status == 200);
    CHECK(office.owner.get("/api/v1/audit/retention").json().at("keep_days") == 30);
    CHECK(removed_in(29) == 0);
    while (removed_in(31) > 0) { }
    CHECK(office.entries().empty());
}

TEST_CASE("the log is one organization's")
{
    Office office;
    REQUIRE(office.owner.post("/api/v1/leads").status == 201);
    testing::HttpClient other{office.routes, office.site};
    Office::join(other, "Hank");
    const auto theirs = other.get("/api/v1/audit").json();
    for (const auto& entry : theirs.at("data").as_array())
        CHECK(entry.at("who").at("name") != "Ana");
}

}  // namespace leadcrm::audit
