// An organization's name, country and time zone, corrected by an owner, and everything that goes by
// them.
#include "accounts/reader_of.hpp"
#include "app/testing/company.hpp"

#include <doctest/doctest.h>

namespace leadcrm::accounts {
namespace {

using app::testing::Company;
using Json = boost::json::value;
using Fields = std::vector<std::string>;

constexpr auto path = "/api/v1/organization";

struct Registered : Company {
    testing::HttpClient& ana = product.owner;
    testing::HttpClient hank = product.stranger();  // owns the other organization

    Registered()
    {
        REQUIRE(hank.post("/api/v1/auth/login",
                        {{"email", "hank@globex.example"}, {"password", "correct horse battery"}})
                    .status
            == 200);
    }
    int change(const Json& to) { return ana.put(path, to).status; }
    Json facts(testing::HttpClient& who) { return who.get("/api/v1/me").json().at("organization"); }
    Json facts() { return facts(ana); }
};

}  // namespace

TEST_CASE("an owner corrects what the organization was registered with")
{
    Registered acme;
    const auto elsewhere = acme.facts(acme.hank);
    auto& nia = *acme.find("Nia").browser;
    const auto stream = nia.stream("/api/v1/stream");

    CHECK(acme.change({{"name", " Acme Homes "}, {"country", "es"}, {"time_zone", "Europe/Madrid"}})
        == 204);
    for (auto* who : {&acme.ana, &nia}) {
        const auto facts = acme.facts(*who);
        CHECK(facts.at("name") == "Acme Homes");
        CHECK(facts.at("country") == "ES");
        CHECK(facts.at("time_zone") == "Europe/Madrid");
    }
    CHECK(acme.ana.get("/api/v1/me").json().at("organizations").at(0).at("name") == "Acme Homes");
    CHECK(stream->hears(R"("topic":"organization")"));
    CHECK(acme.facts(acme.hank) == elsewhere);

    CHECK(acme.change({{"name", "Acme Homes"}, {"time_zone", "UTC"}}) == 204);
    CHECK(acme.facts().at("country").is_null());

    const auto newest = acme.ana.get("/api/v1/audit").json().at("data").at(0);
    CHECK(newest.at("action") == "PUT /api/v1/organization");
    CHECK(newest.at("what") == "Change the organization's name, country and time zone");
    CHECK(newest.at("who").at("name") == "Ana");
}

TEST_CASE("facts of an organization that are none are refused by field, and nothing changes")
{
    Registered acme;
    const auto before = acme.facts();
    const auto wrong = [&](const Json& to) { return acme.ana.put(path, to).wrong_fields(); };
    CHECK(wrong({{"name", "  "}, {"country", "Spain"}, {"time_zone", "Middle/Earth"}})
        == Fields{"name", "country", "time_zone"});
    CHECK(wrong({{"name", std::string(121, 'a')}, {"time_zone", "UTC"}}) == Fields{"name"});
    CHECK(wrong({{"country", "ES"}}) == Fields{"name", "time_zone"});
    CHECK(acme.facts() == before);
}

TEST_CASE("of two owners who correct it at once, the later one is told")
{
    Registered acme;
    REQUIRE(acme.facts().at("version") == 1);
    const http::Headers seen{{"If-Match", "\"1\""}};
    CHECK(acme.ana.put(path, {{"name", "Acme Homes"}, {"time_zone", "UTC"}}, seen).status == 204);
    CHECK(acme.ana.put(path, {{"name", "Acme"}, {"time_zone", "Asia/Tokyo"}}, seen).status == 412);
    CHECK(acme.facts().at("name") == "Acme Homes");
    CHECK(acme.facts().at("time_zone") == "UTC");
    CHECK(acme.facts().at("version") == 2);
}

TEST_CASE("only an owner corrects what the organization was registered with")
{
    Registered acme;
    const auto before = acme.facts();
    const Json to{{"name", "Ours now"}, {"time_zone", "UTC"}};
    for (auto& person : acme.people) {
        CAPTURE(person.name);
        CHECK(person.browser->put(path, to).status == 403);
    }
    auto nobody = acme.product.stranger();
    CHECK(nobody.put(path, to).status == 401);
    CHECK(acme.facts() == before);
}

TEST_CASE("what goes by the organization's name, country and time zone goes by the new ones")
{
    Registered acme;
    REQUIRE(acme.change({{"name", "Acme Homes"}, {"country", "ES"}, {"time_zone", "Asia/Tokyo"}})
        == 204);

    REQUIRE(acme.ana.put("/api/v1/me/profile", {{"name", "Ana"}, {"phone", "600 000 000"}}).status
        == 204);
    CHECK(acme.ana.get("/api/v1/me").json().at("user").at("phone") == "+34600000000");

    const auto zone = acme.product.database->read_platform(
        [&](db::PlatformReader& db) { return reader_of(db, acme.find("Nia").id).time_zone; });
    CHECK(zone == "Asia/Tokyo");

    const auto order = [&](const char* typed) {
        return acme.ana.post("/api/v1/organization/deletion",
            {{"organization_name", typed}, {"grace_days", 7},
                {"password", "correct horse battery"}});
    };
    CHECK(order("Acme").wrong_fields() == Fields{"organization_name"});
    CHECK(order("Acme Homes").status == 202);
}

}  // namespace leadcrm::accounts
