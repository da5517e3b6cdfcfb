#include "accounts/passkey_sign_in.hpp"
#include "accounts/platform_admin.hpp"
#include "accounts/second_factor.hpp"
#include "accounts/testing/passkey_site.hpp"

#include <doctest/doctest.h>

namespace leadcrm::accounts {

using namespace testing;

namespace {

const std::string passkey_action = "POST /api/v1/auth/passkey";

// Ana's phone has a passkey, and she is not at her browser.
struct Away : PasskeySite {
    PasskeyDevice phone;
    HttpClient kiosk = browser();

    Away() { REQUIRE(add(ana, phone).status == 201); }
    int try_with(const Saying& saying) { return sign_in_with(kiosk, phone, saying).status; }
    std::int64_t stored_count()
    {
        return database->read_platform([](db::PlatformReader& db) {
            return db.one<std::int64_t>("SELECT sign_count FROM passkeys");
        });
    }
};

void change(TestDatabase& database, const std::string& sql)
{
    database->write_platform([&](db::PlatformTx& tx) { tx.run(sql); });
}

}  // namespace

TEST_CASE("a passkey signs in without address and password, wherever its person is")
{
    Away site;
    const auto answer = site.sign_in_with(site.kiosk, site.phone);
    REQUIRE(answer.status == 200);
    CHECK(answer.json().at("user").at("email") == "ana@acme.example");
    CHECK(site.kiosk.get("/api/v1/leads").status == 204);
    CHECK_FALSE(site.passkeys().at(0).at("used_at").is_null());
    CHECK(site.recorded(passkey_action, 1) == 1);
    CHECK(site.letters("new_device") == 1);
    // The session it came from is worth nothing any more.
    const auto before = site.kiosk.cookies;
    REQUIRE(site.sign_in_with(site.kiosk, site.phone).status == 200);
    auto thief = site.browser();
    thief.cookies = before;
    CHECK(thief.get("/api/v1/me").status == 401);
}

TEST_CASE("a question is answered once, by the browser that was asked, and soon")
{
    Away site;
    const auto asked = site.question(site.kiosk);
    REQUIRE(site.try_with({asked}) == 200);
    CHECK(site.try_with({asked}) == 401);
    CHECK(site.try_with({crypto::random_token()}) == 401);

    auto elsewhere = site.browser();
    const auto theirs = site.question(elsewhere);
    CHECK(site.try_with({theirs}) == 401);
    auto without_cookie = site.browser();
    CHECK(site.sign_in_with(without_cookie, site.phone, {site.question(elsewhere)}).status == 401);

    const auto late = site.question(site.kiosk);
    change(site.database, "UPDATE passkey_challenges SET expires_at = 1");
    CHECK(site.try_with({late}) == 401);
    // Refused or not, it is used up; old ones go with the next.
    site.question(site.kiosk);
    const auto left = site.database->read_platform([](db::PlatformReader& db) {
        return db.one<std::int64_t>("SELECT COUNT(*) FROM passkey_challenges");
    });
    CHECK(left == 1);
    // Two tabs of one browser do not get in each other's way.
    const auto first_tab = site.question(site.kiosk);
    const auto second_tab = site.question(site.kiosk);
    CHECK(site.try_with({first_tab}) == 200);
    CHECK(site.try_with({second_tab}) == 200);
}

TEST_CASE("an answer for another page, host or purpose, or without its person, signs nobody in")
{
    Away site;
    const auto asked = [&] { return site.question(site.kiosk); };
    CHECK(site.try_with({.challenge = asked(), .origin = "https://crm.example.com.evil"}) == 401);
    CHECK(site.try_with({.challenge = asked(), .is_framed = true}) == 401);
    CHECK(site.try_with({.challenge = asked(), .rp_id = "evil.example"}) == 401);
    CHECK(site.try_with({.challenge = asked(), .type = "webauthn.create"}) == 401);
    CHECK(site.try_with({.challenge = asked(), .flags = 0x01}) == 401);
    CHECK(site.try_with({.challenge = asked(), .flags = 0x04}) == 401);
    CHECK(site.kiosk.get("/api/v1/me").status == 401);
    CHECK(site.try_with({asked()}) == 200);
}

TEST_CASE("nobody gets in with somebody else's passkey by its name")
{
    Away site;
    auto ben = site.browser();
    REQUIRE(site.register_at(ben, "ben@globex.example").status == 201);
    PasskeyDevice bens;
    REQUIRE(site.add(ben, bens).status == 201);
    auto kiosk = site.browser();
    auto posing = bens;
    posing.credential_id = site.phone.credential_id;
    CHECK(site.sign_in_with(kiosk, posing).status == 401);
    posing.user_handle = site.phone.user_handle;
    CHECK(site.sign_in_with(kiosk, posing).status == 401);
    posing.credential_id = bens.credential_id;
    CHECK(site.sign_in_with(kiosk, posing).status == 401);
    posing.credential_id = "nobody's";
    CHECK(site.sign_in_with(kiosk, posing).status == 401);
    CHECK(kiosk.get("/api/v1/me").status == 401);
    CHECK(site.recorded(passkey_action, 2, audit::Outcome::refused) == 2);
    CHECK(site.sign_in_with(kiosk, bens).json().at("user").at("email") == "ben@globex.example");
}

TEST_CASE("a counter that does not go on is refused and recorded, and may stay at nothing")
{
    Away site;
    CHECK(site.try_with({}) == 200);
    CHECK(site.try_with({}) == 200);
    CHECK(site.try_with({.sign_count = 7}) == 200);
    CHECK(site.stored_count() == 7);
    CHECK(site.try_with({.sign_count = 7}) == 401);
    CHECK(site.try_with({.sign_count = 6}) == 401);
    CHECK(site.try_with({.sign_count = 0}) == 401);
    CHECK(site.stored_count() == 7);
    CHECK(site.recorded("copied passkey", 3, audit::Outcome::refused) == 3);
    CHECK(site.try_with({.sign_count = 8}) == 200);
}

TEST_CASE("whether a passkey is synced is kept, and whether it may be cannot change")
{
    Away site;
    CHECK(site.try_with({.flags = 0x0d}) == 401);
    PasskeyDevice synced;
    const auto begun = site.begin(site.ana);
    synced.user_handle = text_in(begun, "user_handle");
    REQUIRE(site.ana
                .post("/api/v1/me/passkeys",
                    synced.make({.challenge = text_in(begun, "challenge"), .flags = 0x0d}))
                .status
        == 201);
    CHECK(site.passkeys().at(1).at("is_synced") == false);
    CHECK(site.sign_in_with(site.kiosk, synced, {.flags = 0x1d}).status == 200);
    CHECK(site.passkeys().at(1).at("is_synced") == true);
    CHECK(site.sign_in_with(site.kiosk, synced, {.flags = 0x05}).status == 401);
}

TEST_CASE("it is a second factor by itself, and goes on from one organization to another")
{
    Away site;
    site.need_second_factor();
    REQUIRE(site.sign_in_with(site.kiosk, site.phone).status == 200);
    CHECK(site.kiosk.get("/api/v1/leads").status == 204);
    CHECK(site.kiosk.get("/api/v1/me").json().at("lacks_second_factor") == false);
    const auto me = site.kiosk.get("/api/v1/me").json();
    REQUIRE(
        site.kiosk
            .post("/api/v1/me/organization", {{"organization_id", me.at("organization").at("id")}})
            .status
        == 200);
    CHECK(site.kiosk.get("/api/v1/leads").status == 204);
    // An authenticator app is asked nothing.
    site.need_second_factor(false);
    site.set_up_app(site.kiosk);
    auto third = site.browser();
    CHECK(site.sign_in_with(third, site.phone).status == 200);
}

TEST_CASE("where a code is asked for, a passkey of the same person may be given instead")
{
    Away site;
    site.set_up_app(site.ana);
    const auto asked = site.sign_in(site.kiosk);
    CHECK(asked.wrong_fields() == std::vector<std::string>{"code", "passkey"});

    PasskeyDevice bens;
    auto ben = site.browser();
    REQUIRE(site.register_at(ben, "ben@globex.example").status == 201);
    REQUIRE(site.add(ben, bens).status == 201);
    const auto with = [&](const PasskeyDevice& device, const Saying& saying) {
        return site.sign_in(site.kiosk, {{"passkey", device.sign(saying)}});
    };
    CHECK(with(bens, {site.question(site.kiosk)}).wrong_fields()
        == std::vector<std::string>{"passkey"});
    CHECK(with(site.phone, {.challenge = site.question(site.kiosk), .flags = 0x01}).status == 422);
    const auto once = site.question(site.kiosk);
    CHECK(with(site.phone, {once}).status == 200);
    CHECK(with(site.phone, {once}).status == 422);
}

TEST_CASE("a password alone is no way around the passkey of somebody who needs a second factor")
{
    Away site;
    // Nobody asks for more while it is not needed.
    REQUIRE(site.sign_in(site.kiosk).status == 200);
    site.need_second_factor();
    // Signed in before: nothing but the own account, and no other way in can be set up with it.
    CHECK(site.kiosk.get("/api/v1/leads").status == 403);
    CHECK(site.kiosk.get("/api/v1/me").json().at("lacks_second_factor") == true);
    CHECK(site.begin(site.kiosk).wrong_fields() == std::vector<std::string>{"passkey"});
    CHECK(site.kiosk.post("/api/v1/me/second-factor", {{"password", site.password}}).wrong_fields()
        == std::vector<std::string>{"passkey"});

    auto thief = site.browser();
    CHECK(site.sign_in(thief).wrong_fields() == std::vector<std::string>{"passkey"});
    CHECK(
        site.register_at(thief, site.email).wrong_fields() == std::vector<std::string>{"passkey"});
    CHECK(thief.get("/api/v1/me").status == 401);
    const auto proof = site.phone.sign({site.question(site.kiosk)});
    CHECK(site.sign_in(site.kiosk, {{"passkey", proof}}).status == 200);
    CHECK(site.kiosk.get("/api/v1/leads").status == 204);
    const auto again = site.phone.sign({site.question(site.kiosk)});
    CHECK(site.begin(site.kiosk, {{"passkey", again}}).status == 200);
}

TEST_CASE("the operator resets a lost second factor: passkeys go too")
{
    Away site;
    site.need_second_factor();
    site.database->write_platform(
        [&](db::PlatformTx& tx) { reset_lost_second_factor(tx, site.email); });
    CHECK(site.ana.get("/api/v1/me").status == 401);
    CHECK(site.try_with({}) == 401);
    REQUIRE(site.sign_in(site.kiosk).status == 200);
    CHECK(site.kiosk.get("/api/v1/leads").status == 403);
    const auto again = site.phone.sign({site.question(site.kiosk)});
    CHECK(site.begin(site.kiosk, {{"passkey", again}}).status == 200);
}

TEST_CASE("in a session without a second factor, a passkey that is added is one")
{
    PasskeySite site;
    site.need_second_factor();
    CHECK(site.ana.get("/api/v1/leads").status == 403);
    PasskeyDevice phone;
    REQUIRE(site.add(site.ana, phone).status == 201);
    CHECK(site.ana.get("/api/v1/leads").status == 204);
}

TEST_CASE("who is in no organization any more is not let in, nor past a company's own sign-in")
{
    Away site;
    change(site.database, "UPDATE organizations SET is_company_sign_in_only = TRUE");
    CHECK(site.try_with({}) == 200);  // an owner has to be able to mend it
    change(site.database, "UPDATE memberships SET role = 'agent'");
    const auto refused = site.sign_in_with(site.kiosk, site.phone);
    CHECK(refused.status == 403);
    CHECK(text_in(refused, "detail").find("company's account") != std::string::npos);
    change(site.database, "UPDATE organizations SET is_company_sign_in_only = FALSE");
    CHECK(site.try_with({}) == 200);
    change(site.database, "DELETE FROM memberships");
    CHECK(site.try_with({}) == 401);
}

TEST_CASE("in a suspended organization it opens no more than a password does")
{
    Away site;
    change(site.database, "UPDATE memberships SET role = 'agent'");
    change(
        site.database, "UPDATE organizations SET suspended_at = 1, suspension_reason = 'unpaid'");
    REQUIRE(site.try_with({}) == 200);
    CHECK(site.kiosk.get("/api/v1/leads").status == 403);
    CHECK(site.kiosk.get("/api/v1/me").json().at("organization").at("suspension") == "unpaid");
}

TEST_CASE("whoever operates the service does it with a passkey alone")
{
    Away site;
    site.database->write_platform([&](db::PlatformTx& tx) {
        appoint_platform_admin(tx, site.email, std::nullopt);
        tx.run("DELETE FROM memberships");
    });
    REQUIRE(site.try_with({}) == 200);
    const auto me = site.kiosk.get("/api/v1/me").json();
    CHECK(me.at("organization").is_null());
    CHECK(me.at("lacks_second_factor") == false);
    CHECK(me.at("rights").as_array().size() == 3);
    const auto admins = site.database->read_platform(
        [](db::PlatformReader& db) { return list_platform_admins(db); });
    CHECK(admins.at(0).has_second_factor);
    CHECK(admins.at(0).since > Instant::from_unix_seconds(1'000'000'000));
    // By password too, but not alone.
    auto thief = site.browser();
    CHECK(site.sign_in(thief).status == 422);
}

TEST_CASE("tries are counted, and a known device is not locked out by what others try")
{
    Away site;
    const auto many = [&](const std::string& path, int tries) {
        int status = 0;
        auto stranger = site.browser();
        for (int i = 0; i < tries; ++i)
            status = path.ends_with("challenge")
                ? stranger.post(path).status
                : stranger.post(path, site.phone.sign({crypto::random_token()})).status;
        return status;
    };
    CHECK(many("/api/v1/auth/passkey", 101) == 429);
    CHECK(site.sign_in_with(site.kiosk, site.phone).status == 429);
    CHECK(site.sign_in_with(site.ana, site.phone).status == 200);
    auto elsewhere = site.browser();
    elsewhere.client_address = "203.0.113.1";
    CHECK(site.sign_in_with(elsewhere, site.phone).status == 200);
    CHECK(many("/api/v1/auth/passkey/challenge", 501) == 429);
    CHECK(site.ana.post("/api/v1/auth/passkey/challenge").status == 200);
}

TEST_CASE("without a public address nobody is signed in by a passkey")
{
    PasskeySite site;
    CHECK_THROWS_AS(sign_in_with_passkey(*site.database, {}, {}, {"192.0.2.1"}), Failure);
}

}  // namespace leadcrm::accounts
