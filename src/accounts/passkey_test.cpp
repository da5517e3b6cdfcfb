#include "accounts/testing/passkey_site.hpp"

#include <doctest/doctest.h>

namespace leadcrm::accounts {

using namespace testing;

TEST_CASE(
    "a passkey is added with the password, named, renamed and removed, and letters tell of it")
{
    PasskeySite site;
    CHECK(site.passkeys().empty());
    PasskeyDevice phone;
    const auto answer = site.add(site.ana, phone, "Phone");
    REQUIRE(answer.status == 201);
    CHECK(answer.json().at("name") == "Phone");
    CHECK(answer.json().at("used_at").is_null());
    CHECK(answer.json().at("is_synced") == false);
    CHECK(site.ana.get("/api/v1/me").json().at("user").at("has_passkeys") == true);

    const auto path = "/api/v1/me/passkeys/" + std::string(answer.json().at("id").as_string());
    CHECK(site.ana.put(path, {{"name", "Old phone"}}).status == 204);
    CHECK(site.passkeys().at(0).at("name") == "Old phone");
    CHECK(site.ana.put(path, {{"name", " "}}).status == 422);
    CHECK(site.remove(site.ana, 0, {{"password", "a guess"}}).wrong_fields()
        == std::vector<std::string>{"password"});
    CHECK(site.remove(site.ana).status == 204);
    CHECK(site.ana.post(path + "/remove", {{"password", site.password}}).status == 404);
    CHECK(site.ana.put(path, {{"name", "Gone"}}).status == 404);
    CHECK(site.passkeys().empty());
    CHECK(site.letters("passkey_added") == 1);
    CHECK(site.letters("passkey_removed") == 1);
    CHECK(site.recorded("POST /api/v1/me/passkeys", 1) == 1);
}

TEST_CASE(
    "adding and removing take the password, and code or passkey of whoever has a second factor")
{
    PasskeySite site;
    const auto begin = [&](const boost::json::object& proof) {
        return site.ana.post("/api/v1/me/passkeys/challenge", proof);
    };
    CHECK(begin({{"password", "a guess"}}).wrong_fields() == std::vector<std::string>{"password"});
    CHECK(begin({{"password", site.password}}).status == 200);
    const auto secret = site.set_up_app(site.ana);
    CHECK(begin({{"password", site.password}}).wrong_fields() == std::vector<std::string>{"code"});
    CHECK(begin({{"password", site.password}, {"code", "000000"}}).status == 422);

    PasskeyDevice phone;
    const auto code = [&] { return totp::code_at(secret, totp::step_at(Instant::now())); };
    REQUIRE(site.add(site.ana, phone, "Phone", {{"code", code()}}).status == 201);
    CHECK(site.remove(site.ana).wrong_fields() == std::vector<std::string>{"code", "passkey"});
    const auto with_passkey = [&] {
        return boost::json::object{{"passkey", phone.sign({site.question(site.ana)})}};
    };
    CHECK(site.begin(site.ana, with_passkey()).status == 200);
    CHECK(site.remove(site.ana, 0, with_passkey()).status == 204);
}

TEST_CASE("an authenticator is told what it needs, and which passkeys there are already")
{
    PasskeySite site;
    PasskeyDevice phone;
    REQUIRE(site.add(site.ana, phone).status == 201);
    const auto wish = site.begin(site.ana).json();
    CHECK(wish.at("rp_id") == "crm.example.com");
    CHECK(wish.at("user_name") == "ana@acme.example");
    CHECK(wish.at("display_name") == "Ana");
    CHECK(wish.at("algorithms") == boost::json::array{-7, -8, -257});
    CHECK(wish.at("exclude") == boost::json::array{crypto::base64url(phone.credential_id)});
    CHECK(crypto::from_base64url(wish.at("challenge").as_string())->size() == 32);
    CHECK(site.add(site.ana, phone).status == 409);  // some other browser may not look
}

TEST_CASE("what answers another question, or is not whole, is not added")
{
    PasskeySite site;
    PasskeyDevice phone;
    const auto add = [&](const Saying& saying) {
        return site.ana.post("/api/v1/me/passkeys", phone.make(saying)).status;
    };
    const auto asked = [&] { return text_in(site.begin(site.ana), "challenge"); };
    CHECK(add({crypto::random_token()}) == 409);  // nobody's
    CHECK(add({.challenge = asked(), .origin = "https://crm.example.com.evil"}) == 409);
    CHECK(add({.challenge = asked(), .rp_id = "evil.example"}) == 409);
    CHECK(add({.challenge = asked(), .flags = 0x01}) == 409);
    CHECK(add({.challenge = asked(), .type = "webauthn.get"}) == 409);
    auto browser = site.browser();
    CHECK(add({site.question(browser)}) == 409);  // for signing in
    CHECK(add({site.question(site.ana)}) == 409);

    const auto once = asked();
    CHECK(add({once}) == 201);
    phone.credential_id = crypto::random_bytes(32);
    CHECK(add({once}) == 409);

    // Asked in one session, answered in another.
    const auto before = asked();
    site.sign_in(browser);
    CHECK(browser.post("/api/v1/me/passkeys", phone.make({before})).status == 409);
    const auto late = asked();
    site.database->write_platform(
        [](db::PlatformTx& tx) { tx.run("UPDATE passkey_challenges SET expires_at = 1"); });
    CHECK(add({late}) == 409);
    CHECK(site.passkeys().size() == 1);
}

TEST_CASE("a person has twenty passkeys at most, and nobody else's are theirs to touch")
{
    PasskeySite site;
    for (int i = 0; i < passkeys_max; ++i)
        REQUIRE(site.add(site.ana, *std::make_unique<PasskeyDevice>()).status == 201);
    CHECK(site.begin(site.ana).status == 409);
    CHECK(site.passkeys().size() == std::size_t(passkeys_max));

    auto ben = site.browser();
    REQUIRE(site.register_at(ben, "ben@globex.example").status == 201);
    CHECK(ben.get("/api/v1/me/passkeys").json().at("data").as_array().empty());
    const auto path =
        "/api/v1/me/passkeys/" + std::string(site.passkeys().at(0).at("id").as_string());
    CHECK(ben.put(path, {{"name", "Mine"}}).status == 404);
    CHECK(ben.post(path + "/remove", {{"password", site.password}}).status == 404);
    CHECK(site.passkeys().size() == std::size_t(passkeys_max));
}

TEST_CASE("the last passkey of somebody who needs a second factor stays, and the app may go")
{
    PasskeySite site;
    PasskeyDevice phone;
    PasskeyDevice key;
    REQUIRE(site.add(site.ana, phone).status == 201);
    const auto need = [&](bool is_needed) {
        return site.ana.put("/api/v1/organization/second-factor", {{"is_needed", is_needed}})
            .status;
    };
    CHECK(need(true) == 204);
    CHECK(site.ana.get("/api/v1/leads").status == 204);
    const auto with = [&](const PasskeyDevice& device) {
        return boost::json::object{{"passkey", device.sign({site.question(site.ana)})}};
    };
    CHECK(site.remove(site.ana).wrong_fields() == std::vector<std::string>{"passkey"});
    CHECK(site.remove(site.ana, 0, with(phone)).status == 409);
    REQUIRE(site.add(site.ana, key, "Key", with(phone)).status == 201);
    CHECK(site.remove(site.ana, 0, with(key)).status == 204);
    CHECK(site.remove(site.ana, 0, with(key)).status == 409);
    CHECK(need(false) == 204);
    CHECK(site.remove(site.ana).status == 204);
    CHECK(need(true) == 409);
}

TEST_CASE("removing a passkey ends the sessions that it opened, but not the one that asks")
{
    PasskeySite site;
    PasskeyDevice phone;
    REQUIRE(site.add(site.ana, phone).status == 201);
    auto first = site.browser();
    auto second = site.browser();
    auto by_password = site.browser();
    REQUIRE(site.sign_in_with(first, phone).status == 200);
    REQUIRE(site.sign_in_with(second, phone).status == 200);
    REQUIRE(site.sign_in(by_password).status == 200);
    REQUIRE(site.remove(first).status == 204);
    CHECK(first.get("/api/v1/me").status == 200);
    CHECK(second.get("/api/v1/me").status == 401);
    CHECK(by_password.get("/api/v1/me").status == 200);
    CHECK(site.sign_in_with(second, phone).status == 401);
}

TEST_CASE("neither a support visit nor a look as somebody else reaches passkeys")
{
    CHECK_FALSE(rights_of_support().has(http::Right::own_account));
    PasskeySite site;
    for (const auto& route : site.routes.all())
        if (route.path.starts_with("/api/v1/me/passkeys")) {
            CHECK(route.endpoint.right == http::Right::own_account);
            CHECK_FALSE(route.endpoint.while_viewing);
            CHECK_FALSE(route.endpoint.for_support);
        }
}

}  // namespace leadcrm::accounts
