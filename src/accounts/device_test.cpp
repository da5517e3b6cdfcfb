#include "accounts/attempts.hpp"
#include "accounts/device.hpp"
#include "accounts/my_sessions.hpp"
#include "accounts/notice.hpp"
#include "accounts/sign_in.hpp"
#include "accounts/testing/account_site.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/testing/comes_true.hpp"

#include <doctest/doctest.h>

namespace leadcrm::accounts {
namespace {

const std::string email = "ana@acme.example";
const std::string right_password = "correct horse battery";

// Ana's organization; whoever tries to get in comes from a place of their choice.
struct Door {
    testing::TestDatabase database;
    UserId ana;
    Visitor anas_laptop{"192.0.2.7", "Firefox/1 Windows", ""};

    Door()
    {
        const auto first = register_with(right_password, anas_laptop);
        ana = first.user_id;
        anas_laptop.device_token = first.device_token;
    }
    SignedIn register_with(const std::string& password, const Visitor& visitor)
    {
        return register_organization(*database, testing::vault(),
            {{"Acme"}, {"Ana"}, {email}, {password}, std::nullopt, std::nullopt, std::nullopt},
            visitor, [](db::Tx&) {});
    }
    SignedIn sign_in_with(const std::string& password, const Visitor& visitor)
    {
        return sign_in(*database, testing::vault(), {{email}, {password}}, visitor);
    }
    std::optional<Failure::Kind> try_in(const std::string& password, const Visitor& visitor)
    {
        try {
            sign_in_with(password, visitor);
        } catch (const Failure& failure) {
            return failure.kind;
        }
        return std::nullopt;
    }
    // Strangers from everywhere have used up what all of them together are given.
    void strangers_try()
    {
        database->write_platform([](db::PlatformTx& tx) {
            for (int i = 0; i < 101; ++i)
                count_attempt(tx, sign_in_limits(email, "198.51.100." + std::to_string(i)));
        });
    }
};

constexpr auto refused = Failure::Kind::too_many;
constexpr auto wrong = Failure::Kind::signed_out;

}  // namespace

TEST_CASE("however much strangers try, a known device signs in")
{
    Door door;
    door.strangers_try();
    CHECK(door.try_in(right_password, {"203.0.113.1", "", ""}) == refused);
    CHECK(door.try_in(right_password, {"203.0.113.1", "", "made up"}) == refused);
    CHECK_FALSE(door.try_in(right_password, door.anas_laptop));
}

TEST_CASE("a known device signs in from a network that is used up")
{
    Door door;
    const Visitor neighbour{door.anas_laptop.address, "", ""};
    // Registering was a try as well.
    for (int i = 0; i < 9; ++i) CHECK(door.try_in("a guess", neighbour) == wrong);
    CHECK(door.try_in("a guess", neighbour) == refused);
    CHECK_FALSE(door.try_in(right_password, door.anas_laptop));
}

TEST_CASE("a known device has ten tries of its own, wherever it goes")
{
    Door door;
    door.strangers_try();
    auto stolen = door.anas_laptop;
    for (int i = 0; i < 10; ++i) {
        stolen.address = "203.0.113." + std::to_string(i);
        CHECK(door.try_in("a guess", stolen) == wrong);
    }
    CHECK(door.try_in(right_password, stolen) == refused);
}

TEST_CASE("an account of one's own with a foreign address gives no more tries at the foreign one")
{
    Door door;
    Visitor rival{"203.0.113.9", "", ""};
    rival.device_token = door.register_with("something else", rival).device_token;
    door.strangers_try();
    CHECK(door.try_in(right_password, rival) == wrong);
    CHECK_FALSE(door.try_in("something else", rival));
}

TEST_CASE(
    "a device's token is another after each sign-in, so one that was planted is worth nothing")
{
    Door door;
    const auto planted = door.anas_laptop.device_token;
    const auto next = door.sign_in_with(right_password, door.anas_laptop).device_token;
    CHECK(next != planted);
    door.strangers_try();
    CHECK(door.try_in(right_password, {"192.0.2.7", "", planted}) == refused);
    CHECK_FALSE(door.try_in(right_password, {"192.0.2.7", "", next}));
    door.database->read_platform([&](db::PlatformReader& db) {
        CHECK(db.one<std::int64_t>("SELECT COUNT(*) FROM devices") == 1);
        CHECK(db.one<db::Blob>("SELECT token_hash FROM devices").bytes.size() == 32);
    });
}

TEST_CASE("all addresses that one customer of IPv6 has are one network")
{
    testing::TestDatabase database;
    const auto attempt = [&](const std::string& address) {
        return database->write_platform(
            [&](db::PlatformTx& tx) { return count_attempt(tx, sign_in_limits(email, address)); });
    };
    for (int i = 0; i < 10; ++i) CHECK(attempt("2001:db8:1:2::" + std::to_string(i)));
    CHECK_FALSE(attempt("2001:db8:1:2:ffff::1"));
    CHECK(attempt("2001:db8:1:3::1"));
    CHECK(attempt("::ffff:192.0.2.1"));
}

TEST_CASE("a letter tells of a sign-in from a device that is new, and only then")
{
    Door door;
    mail::Post post{*door.database, {}};
    jobs::Workers workers{*door.database};
    handle_notices(workers, post, "https://crm.example.com");
    const auto letters = [&] {
        workers.run_due();
        return door.database->read_platform(
            [](db::PlatformReader& db) { return mail::list(db, 10); });
    };
    // Nobody has shown that the address is theirs: it may be a stranger's.
    door.sign_in_with(right_password, {"203.0.113.1", "", ""});
    CHECK(letters().empty());

    door.database->write_platform([](db::PlatformTx& tx) {
        tx.run("UPDATE users SET email_confirmed_at = $1", Instant::now());
    });
    door.sign_in_with(right_password, door.anas_laptop);
    CHECK(letters().empty());
    door.sign_in_with(right_password, {"203.0.113.2", "Safari/1 iPhone", ""});
    REQUIRE(letters().size() == 1);
    const auto letter = letters().front();
    CHECK(letter.recipient == email);
    CHECK(letter.text.value_or("").find("from 203.0.113.2, Safari on iPhone") != std::string::npos);
}

namespace {

// Ana at two browsers.
struct TwoBrowsers : testing::AccountSite {
    testing::HttpClient here = browser();
    testing::HttpClient there = browser();

    TwoBrowsers()
    {
        REQUIRE(here.post("/api/v1/auth/register",
                        {{"organization_name", "Acme"}, {"name", "Ana"}, {"email", email},
                            {"password", right_password}})
                    .status
            == 201);
        there.client_address = "203.0.113.5";
        REQUIRE(sign_in(there) == 200);
    }
    int sign_in(testing::HttpClient& browser)
    {
        return browser
            .post("/api/v1/auth/login", {{"email", email}, {"password", right_password}},
                {{"User-Agent", "Safari/1 iPhone"}})
            .status;
    }
    boost::json::array sessions()
    {
        return here.get("/api/v1/me/sessions").json().at("data").as_array();
    }
    std::int64_t devices()
    {
        return database->read_platform([](db::PlatformReader& db) {
            return db.one<std::int64_t>("SELECT COUNT(*) FROM devices");
        });
    }
};

}  // namespace

TEST_CASE("a person sees where they are signed in, this session first, and ends one from afar")
{
    TwoBrowsers ana;
    const auto sessions = ana.sessions();
    REQUIRE(sessions.size() == 2);
    CHECK(sessions[0].at("is_this") == true);
    CHECK(sessions[0].at("address") == "192.0.2.1");
    CHECK(sessions[1].at("is_this") == false);
    CHECK(sessions[1].at("address") == "203.0.113.5");
    CHECK(sessions[1].at("device") == "Safari on iPhone");

    const auto path = "/api/v1/me/sessions/" + std::string(sessions[1].at("id").as_string());
    CHECK(ana.here.del(path).status == 204);
    CHECK(ana.there.get("/api/v1/me").status == 401);
    CHECK(ana.here.del(path).status == 404);
    CHECK(ana.sessions().size() == 1);
    CHECK(ana.devices() == 1);
}

TEST_CASE("all other sessions are ended at once, and their devices are strangers again")
{
    TwoBrowsers ana;
    CHECK(ana.here.del("/api/v1/me/sessions").status == 204);
    CHECK(ana.here.get("/api/v1/me").status == 200);
    CHECK(ana.there.get("/api/v1/me").status == 401);
    CHECK(ana.devices() == 1);
}

TEST_CASE("nobody sees or ends a session of somebody else")
{
    TwoBrowsers ana;
    auto hank = ana.browser();
    REQUIRE(hank.post("/api/v1/auth/register",
                    {{"organization_name", "Globex"}, {"name", "Hank"},
                        {"email", "hank@globex.example"}, {"password", right_password}})
                .status
        == 201);
    CHECK(hank.get("/api/v1/me/sessions").json().at("data").as_array().size() == 1);
    for (const auto& session : ana.sessions())
        CHECK(hank.del("/api/v1/me/sessions/" + std::string(session.at("id").as_string())).status
            == 404);
    CHECK(hank.del("/api/v1/me/sessions").status == 204);
    CHECK(ana.sessions().size() == 2);
}

TEST_CASE("signing in again in one browser takes the place of the session before")
{
    TwoBrowsers ana;
    const auto before = ana.there.cookies.at(cookie_name(false));
    REQUIRE(ana.sign_in(ana.there) == 200);
    CHECK(ana.sessions().size() == 2);
    CHECK(ana.devices() == 2);
    ana.there.cookies[cookie_name(false)] = before;
    CHECK(ana.there.get("/api/v1/me").status == 401);
}

TEST_CASE("when a session was last seen is noted once in a while, not at every request")
{
    TwoBrowsers ana;
    const auto seen_at = [&] {
        return ana.database->read_platform([&](db::PlatformReader& db) {
            return db.one<Instant>("SELECT seen_at FROM sessions WHERE token_hash = $1",
                db::Blob{crypto::sha256(ana.there.cookies.at(cookie_name(false)))});
        });
    };
    const auto first = seen_at();
    ana.there.get("/api/v1/me");
    // Writes wait for each other, so one that was begun is over after the next.
    ana.database->write_platform([](db::PlatformTx&) {});
    CHECK(seen_at() == first);

    const auto long_ago = first - std::chrono::hours(1);
    ana.database->write_platform(
        [&](db::PlatformTx& tx) { tx.run("UPDATE sessions SET seen_at = $1", long_ago); });
    ana.there.get("/api/v1/me");
    CHECK(testing::comes_true([&] { return seen_at() >= first; }));
}

}  // namespace leadcrm::accounts
