#include "accounts/session_length.hpp"
#include "accounts/testing/account_site.hpp"

#include <doctest/doctest.h>

namespace leadcrm::accounts {
namespace {

using namespace std::chrono_literals;

struct Lasting {
    Instant created_at;
    Instant expires_at;

    std::chrono::microseconds length() const
    {
        return std::chrono::microseconds(expires_at.us - created_at.us);
    }
};
BOOST_DESCRIBE_STRUCT(Lasting, (), (created_at, expires_at))

// Ana, who owns two organizations, signed in to the second.
struct Office : testing::AccountSite {
    testing::HttpClient ana = browser();

    Office()
    {
        for (const auto* name : {"Acme", "Globex"})
            REQUIRE(
                ana.post("/api/v1/auth/register",
                       {{"organization_name", name}, {"name", "Ana"}, {"email", "ana@acme.example"},
                           {"password", "correct horse battery"}})
                    .status
                == 201);
    }
    Lasting session()
    {
        return database->read_platform([](db::PlatformReader& db) {
            return db.one<Lasting>(
                "SELECT {columns} FROM sessions ORDER BY seen_at DESC, created_at DESC LIMIT 1");
        });
    }
    void pass(std::chrono::microseconds time)
    {
        database->write_platform([&](db::PlatformTx& tx) {
            tx.run("UPDATE sessions SET created_at = created_at - $1, expires_at = expires_at - $1",
                std::int64_t(time.count()));
        });
    }
    int set_hours(int hours)
    {
        return ana.put("/api/v1/organization/session-length", {{"hours", hours}}).status;
    }
};

}  // namespace

TEST_CASE("an owner has everybody sign in anew after some hours, those who are in too")
{
    Office office;
    CHECK(office.session().length() == session_length);
    CHECK(office.ana.get("/api/v1/me").json().at("organization").at("session_hours") == 720);
    CHECK(office.set_hours(0) == 422);
    CHECK(office.set_hours(721) == 422);

    CHECK(office.set_hours(12) == 204);
    CHECK(office.session().length() == 12h);
    CHECK(office.ana.get("/api/v1/me").json().at("organization").at("session_hours") == 12);
    office.pass(11h);
    CHECK(office.ana.get("/api/v1/me").status == 200);
    office.pass(1h);
    CHECK(office.ana.get("/api/v1/me").status == 401);

    REQUIRE(office.ana
                .post("/api/v1/auth/login",
                    {{"email", "ana@acme.example"}, {"password", "correct horse battery"}})
                .status
        == 200);
    CHECK(office.session().length() == 12h);

    // Acme asks for nothing.
    const auto acme = office.ana.get("/api/v1/me").json().at("organizations").at(0).at("id");
    REQUIRE(office.ana.post("/api/v1/me/organization", {{"organization_id", acme}}).status == 200);
    REQUIRE(office.ana
                .post("/api/v1/auth/login",
                    {{"email", "ana@acme.example"}, {"password", "correct horse battery"}})
                .status
        == 200);
    CHECK(office.session().length() == session_length);
}

TEST_CASE("going to another organization makes no session last longer")
{
    Office office;
    REQUIRE(office.set_hours(12) == 204);
    office.pass(5h);
    const auto before = office.session();
    const auto organizations = office.ana.get("/api/v1/me").json().at("organizations");
    const auto go = [&](std::size_t index) {
        REQUIRE(office.ana
                    .post("/api/v1/me/organization",
                        {{"organization_id", organizations.at(index).at("id")}})
                    .status
            == 200);
        return office.session();
    };
    const auto in_acme = go(0);
    CHECK(in_acme.created_at == before.created_at);
    CHECK(in_acme.length() == session_length);
    const auto back = go(1);
    CHECK(back.created_at == before.created_at);
    CHECK(back.expires_at == before.expires_at);
}

}  // namespace leadcrm::accounts
