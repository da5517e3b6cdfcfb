// Facebook Login from the dialog to the tokens, seen from outside.
#include "meta-simulator/login/dialog.hpp"
#include "meta-simulator/login/login_rules.hpp"
#include "meta-simulator/login/signed_request.hpp"
#include "meta-simulator/testing/small_meta.hpp"
#include "platform/crypto/crypto.hpp"

#include <doctest/doctest.h>

using namespace leadcrm;
using namespace leadcrm::simulator;
using leadcrm::simulator::testing::app_id;
using leadcrm::simulator::testing::app_secret;
using leadcrm::simulator::testing::Seen;

namespace {

constexpr auto callback = "https://crm.test/meta/oauth/callback";
constexpr auto olivia = "10200000000000001";

struct Facebook : leadcrm::simulator::testing::SmallMeta {
    std::string secret = std::string(app_secret);

    http::Response dialog(
        const std::string& more, const std::string& method = "GET", const std::string& body = {})
    {
        const auto query = "client_id=" + std::string(app_id)
            + "&redirect_uri=" + percent_encoded(callback) + "&state=st%2Bate" + more;
        return answer_dialog(state,
            {.method = method,
                .target = "/v26.0/dialog/oauth?" + query,
                .path = "/v26.0/dialog/oauth",
                .query = query,
                .body = body});
    }
    static std::map<std::string, std::string> landed(const http::Response& response)
    {
        REQUIRE(response.status == 302);
        const auto& address = response.headers.at(0).second;
        REQUIRE(address.starts_with(callback));
        std::map<std::string, std::string> values;
        for (auto& [name, text] : http::parse_form(address.substr(address.find('?') + 1)))
            values[name] = text;
        return values;
    }
    std::string log_in(const std::string& more = "&scope=pages_show_list,leads_retrieval")
    {
        state.login.settings.answer = DialogAnswer::grant;
        return landed(dialog(more)).at("code");
    }
    Seen exchange(const std::string& more)
    {
        return send("GET",
            "/v26.0/oauth/access_token?client_id=" + std::string(app_id)
                + "&client_secret=" + secret + more);
    }
    Seen exchange_code(const std::string& code)
    {
        return exchange("&redirect_uri=" + percent_encoded(callback) + "&code=" + code);
    }
    std::string long_token()
    {
        const auto brief = exchange_code(log_in()).text_at("/access_token");
        return exchange("&grant_type=fb_exchange_token&fb_exchange_token=" + brief)
            .text_at("/access_token");
    }
    Seen as(const std::string& who, const std::string& target, const std::string& method = "GET")
    {
        return send(method, target, {{"Authorization", "Bearer " + who}});
    }
    Seen debug(const std::string& which)
    {
        return as(std::string(app_id) + "|" + std::string(app_secret),
            "/v26.0/debug_token?input_token=" + which);
    }
};

}  // namespace

TEST_CASE("login: the dialog asks, and its buttons send the browser back")
{
    Facebook facebook;
    const auto page = facebook.dialog("&scope=pages_show_list,leads_retrieval");
    CHECK(page.status == 200);
    for (const auto* word :
        {"Olivia Owner", "Vera Viewer", "leads_retrieval", "Continue", "Cancel"})
        CHECK(page.body.find(word) != std::string::npos);
    CHECK(page.body.find(facebook.page().name) != std::string::npos);

    const auto denied = Facebook::landed(facebook.dialog("&scope=x", "POST", "answer=deny"));
    CHECK(denied.at("error") == "access_denied");
    CHECK(denied.at("error_code") == "200");
    CHECK(denied.at("error_reason") == "user_denied");
    CHECK(denied.at("state") == "st+ate");

    const auto granted = Facebook::landed(facebook.dialog("&scope=pages_show_list,leads_retrieval",
        "POST", "answer=grant&scope=pages_show_list&page=" + facebook.page_id));
    CHECK(granted.at("state") == "st+ate");
    const auto who = facebook.exchange_code(granted.at("code")).text_at("/access_token");
    const auto said = facebook.as(who, "/v26.0/me/permissions").text;
    CHECK(said.find(R"({"permission":"pages_show_list","status":"granted"})") != std::string::npos);
    CHECK(
        said.find(R"({"permission":"leads_retrieval","status":"declined"})") != std::string::npos);
    CHECK(facebook.as(who, "/v26.0/me/accounts").at("/data").as_array().size() == 1);
}

TEST_CASE("login: what was declined is not asked again unless the app asks for it")
{
    Facebook facebook;
    facebook.state.login.settings.declined = {"leads_retrieval"};
    facebook.log_in();
    auto& settings = facebook.state.login.settings;
    settings.answer = DialogAnswer::ask;
    const std::string scope = "&scope=pages_show_list,leads_retrieval";
    CHECK(facebook.dialog(scope).body.find("leads_retrieval\"") == std::string::npos);
    CHECK(facebook.dialog(scope + "&auth_type=rerequest").body.find("leads_retrieval\"")
        != std::string::npos);
}

TEST_CASE("login: a wrong app, address or configuration gets no further than the dialog")
{
    Facebook facebook;
    facebook.state.login.settings.redirect_uris = {std::string(callback) + "/"};
    CHECK(facebook.dialog("").status == 400);
    facebook.state.login.settings.redirect_uris = {callback};
    CHECK(facebook.dialog("").status == 200);
    CHECK(facebook.dialog("&config_id=1").status == 400);
}

TEST_CASE("login: a configuration is granted whole or not at all")
{
    Facebook facebook;
    const auto config = "&config_id=" + std::string(business_config_id);
    facebook.state.login.settings.declined = {"ads_management"};
    facebook.state.login.settings.answer = DialogAnswer::grant;
    CHECK(Facebook::landed(facebook.dialog(config)).contains("error"));

    facebook.state.login.settings.declined = {};
    const auto got = facebook.exchange_code(facebook.log_in(config));
    CHECK_FALSE(got.body.as_object().contains("expires_in"));
    const auto seen = facebook.debug(got.text_at("/access_token"));
    CHECK(seen.text_at("/data/type") == "SYSTEM_USER");
    CHECK(seen.at("/data/expires_at") == 0);
    CHECK(facebook.as(got.text_at("/access_token"), "/v26.0/me?fields=client_business_id")
              .text_at("/client_business_id")
        == "880000000000001");

    facebook.state.login.settings.development_mode = true;
    CHECK(Facebook::landed(facebook.dialog(config)).at("error") == "access_denied");
}

TEST_CASE("login: a code is good once, for its own address, with the right secret")
{
    Facebook facebook;
    const auto code = facebook.log_in();
    facebook.secret = "wrong";
    CHECK(facebook.exchange_code(code).error_code() == 1);
    facebook.secret = std::string(app_secret);
    CHECK(facebook.exchange("&redirect_uri=https://crm.test/&code=" + code).subcode() == 36008);
    CHECK(facebook.exchange_code(code).at("/expires_in") == 5400);

    const auto again = facebook.exchange_code(code);
    CHECK(again.status == 400);
    CHECK(again.error_code() == 100);
    CHECK(again.subcode() == 36009);
    CHECK(again.header("WWW-Authenticate").find("invalid_code") != std::string::npos);
    CHECK(facebook.send("GET", "/v26.0/oauth/access_token?client_id=1").error_code() == 101);
    CHECK(facebook.exchange("&grant_type=client_credentials").text_at("/access_token")
        == std::string(app_id) + "|" + std::string(app_secret));
}

TEST_CASE("login: long-lived tokens, and page tokens that live as long as what they came from")
{
    Facebook facebook;
    const auto brief = facebook.exchange_code(facebook.log_in()).text_at("/access_token");
    const auto accounts = "/v26.0/me/accounts";
    const auto brief_page = facebook.as(brief, accounts).text_at("/data/0/access_token");
    const auto got = facebook.exchange("&grant_type=fb_exchange_token&fb_exchange_token=" + brief);
    CHECK(got.at("/expires_in") == 5'183'944);
    const auto lasting = got.text_at("/access_token");
    const auto page = facebook.as(lasting, accounts).text_at("/data/0/access_token");
    CHECK(page != brief_page);
    CHECK(facebook.debug(page).at("/data/expires_at") == 0);
    CHECK(facebook.debug(page).text_at("/data/profile_id") == facebook.page_id);
    CHECK(facebook.debug(lasting).at("/data").as_object().contains("issued_at"));

    facebook.state.clock.advance(std::chrono::hours(2));
    CHECK(facebook.debug(brief_page).at("/data/is_valid") == false);
    CHECK(facebook.debug(brief_page).at("/data/error/subcode") == 463);
    CHECK(facebook.as(brief, accounts).subcode() == 463);
    CHECK(facebook.as(page, "/v26.0/" + facebook.page_id).status == 200);

    facebook.state.login.settings.says_expires_in = false;
    CHECK_FALSE(facebook.exchange_code(facebook.log_in()).body.as_object().contains("expires_in"));
}

TEST_CASE("login: accounts are paged, show tasks, and may hide a token or be empty for a while")
{
    Facebook facebook;
    for (int n = 0; n < 30; ++n) facebook.state.world.add_page("", "DE");
    auto& login = facebook.state.login;
    login.find(olivia)->page_tasks[facebook.page_id] = {"ANALYZE"};
    login.settings.pages_without_token = {facebook.page_id};
    facebook.token = facebook.long_token();

    const auto first = facebook.get("/v26.0/me/accounts");
    CHECK(first.at("/data").as_array().size() == 25);
    CHECK(first.text_at("/data/0/tasks/0") == "ANALYZE");
    CHECK_FALSE(first.at("/data/0").as_object().contains("access_token"));
    CHECK(facebook.walk("/v26.0/me/accounts").size() == 32);
    login.settings.empty_page_every = 2;
    CHECK(facebook.walk("/v26.0/me/accounts?limit=10").size() == 32);
}

TEST_CASE("login: debug_token says which pages a permission is for, and whose app a token is")
{
    Facebook facebook;
    facebook.state.login.settings.pages = {{facebook.page_id}};
    const auto token = facebook.long_token();
    const auto seen = facebook.debug(token);
    CHECK(seen.text_at("/data/user_id") == olivia);
    bool found = false;
    for (const auto& scope : seen.at("/data/granular_scopes").as_array())
        if (scope.at("scope") == "leads_retrieval") {
            found = true;
            CHECK(scope.at("target_ids") == json::array{facebook.page_id.c_str()});
        }
    CHECK(found);

    facebook.state.world.keep_token({.text = "FOREIGN", .kind = TokenKind::user, .app_id = "999"});
    CHECK(facebook.debug("FOREIGN").text_at("/data/app_id") == "999");
    CHECK(facebook.debug("nobody").at("/data/is_valid") == false);
}

TEST_CASE("login: a person who removes the app kills all their tokens and nobody else's")
{
    Facebook facebook;
    const auto hers = facebook.long_token();
    const auto page = facebook.as(hers, "/v26.0/me/accounts").text_at("/data/0/access_token");
    CHECK(facebook.as(hers, "/v26.0/" + std::string(olivia) + "/permissions", "DELETE").status
        == 200);
    CHECK(facebook.as(hers, "/v26.0/me").subcode() == 458);
    CHECK(facebook.as(page, "/v26.0/" + facebook.page_id).subcode() == 458);
    CHECK(facebook.get("/v26.0/" + facebook.page_id).status == 200);
}

TEST_CASE("login: a signed request is signed over its encoded payload")
{
    using leadcrm::simulator::testing::noon;
    const auto check = [](const std::string& text) {
        const auto dot = text.find('.');
        auto signature = text.substr(0, dot);
        while (signature.ends_with('=')) signature.pop_back();
        return signature
            == crypto::base64url(crypto::hmac_sha256(app_secret, text.substr(dot + 1)));
    };
    CHECK(check(signed_request(app_secret, "218471", noon, false, SignedAs::good)));
    const auto padded = signed_request(app_secret, "218471", noon, true, SignedAs::padded);
    CHECK(check(padded));
    CHECK(padded.find("=.") != std::string::npos);
    CHECK_FALSE(check(signed_request(app_secret, "218471", noon, false, SignedAs::bad_signature)));
    CHECK(check(signed_request(app_secret, "1", noon, false, SignedAs::wrong_algorithm)));
}
