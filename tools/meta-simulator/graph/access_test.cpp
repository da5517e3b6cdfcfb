// Who may read what, seen from outside.
#include "meta-simulator/graph/access.hpp"
#include "meta-simulator/testing/small_meta.hpp"

#include <doctest/doctest.h>

using namespace leadcrm::simulator;
using leadcrm::simulator::testing::SmallMeta;

TEST_CASE("appsecret_proof is the HMAC of the token under the app secret")
{
    CHECK(appsecret_proof("s3cr3t-app-secret-for-tests", "EAATESTTOKEN123")
        == "49a03d6d129982de4f3baaa5dc5055bb3e7bfa2a529b5c2a5ff62149a44ce766");
}

TEST_CASE("a token is taken from the header, the query, a form, multipart or JSON")
{
    SmallMeta meta;
    const auto id = meta.lead().id;
    const auto path = "/v26.0/" + id;

    CHECK(meta.get(path).status == 200);
    CHECK(meta.send("GET", path + "?access_token=" + meta.token).status == 200);
    const auto test_leads = "/v26.0/" + meta.form_id + "/test_leads";
    const std::string form = "application/x-www-form-urlencoded";
    CHECK(meta.send("POST", path + "?method=GET", {{"Content-Type", form}},
                  "access_token=" + meta.token)
              .status
        == 200);
    CHECK(meta.send("POST", test_leads, {{"Content-Type", "application/json"}},
                  R"({"access_token":")" + meta.token + "\"}")
              .status
        == 200);
    CHECK(meta.send("POST", path, {{"Content-Type", "multipart/form-data; boundary=xyz"}},
                  "--xyz\r\nContent-Disposition: form-data; name=\"method\"\r\n\r\nGET\r\n"
                  "--xyz\r\nContent-Disposition: form-data; name=\"access_token\"\r\n\r\n"
                      + meta.token + "\r\n--xyz--\r\n")
              .status
        == 200);
}

TEST_CASE("a call without a token is error 104, one with an unknown token error 190")
{
    SmallMeta meta;
    const auto path = "/v26.0/" + meta.lead().id;
    CHECK(meta.send("GET", path).error_code() == 104);
    const auto unknown = meta.send("GET", path + "?access_token=nobody");
    CHECK(unknown.error_code() == 190);
    CHECK(unknown.header("WWW-Authenticate")
              .starts_with("OAuth \"Facebook Platform\" \"invalid_token\""));
}

TEST_CASE("a dead token says why it died")
{
    SmallMeta meta;
    const auto path = "/v26.0/" + meta.lead().id;
    for (const int subcode : {458, 459, 460, 463, 464, 467, 492}) {
        CAPTURE(subcode);
        auto& token = meta.state.world.token_of(meta.page_id);
        token.is_dead = true;
        token.subcode = subcode;
        const auto refused = meta.get(path);
        CHECK(refused.status == 400);
        CHECK(refused.error_code() == 190);
        CHECK(refused.subcode() == subcode);
        CHECK(refused.text_at("/error/type") == "OAuthException");
    }
    CHECK(meta.get(path).text_at("/error/message").starts_with("Error validating access token:"));

    // The renewed token opens the page again; the old one stays dead.
    const auto old = meta.token;
    meta.token = meta.state.world.renew_token(meta.page_id).text;
    CHECK(meta.get(path).status == 200);
    CHECK(meta.send("GET", path + "?access_token=" + old).error_code() == 190);
}

TEST_CASE("the proof is checked when it is sent, and asked for when that is switched on")
{
    SmallMeta meta;
    const auto path = "/v26.0/" + meta.lead().id;
    const auto proof = appsecret_proof(leadcrm::simulator::testing::app_secret, meta.token);

    CHECK(meta.get(path + "?appsecret_proof=" + proof).status == 200);
    CHECK(meta.get(path + "?appsecret_proof=00" + proof.substr(2)).error_code() == 100);
    meta.state.graph.appsecret_proof_required = true;
    CHECK(meta.get(path).error_code() == 100);
    CHECK(meta.get(path + "?appsecret_proof=" + proof).status == 200);
}

TEST_CASE("tokens of the wrong kind open no lead")
{
    SmallMeta meta;
    const auto path = "/v26.0/" + meta.lead().id;
    CHECK(meta.send("GET", path + "?access_token=EAASIMSYSTEM1").subcode() == 2069032);
    CHECK(meta.send("GET", path + "?access_token=555000111222333|s3cr3t-app-secret-for-tests")
              .error_code()
        == 190);
    CHECK(meta.send("GET", path + "?access_token=EAASIMUSER1").status == 200);
    meta.state.graph.page_token_required = true;
    const auto refused = meta.send("GET", path + "?access_token=EAASIMUSER1");
    CHECK(refused.subcode() == 2069032);
    CHECK(refused.text_at("/error/error_user_title") == "User Access Token Is Not Supported");
}

TEST_CASE("a missing permission is error 200 and names it")
{
    SmallMeta meta;
    const auto id = meta.lead().id;
    meta.state.world.token_of(meta.page_id).scopes = {"pages_manage_ads"};
    const auto refused = meta.get("/v26.0/" + id);
    CHECK(refused.status == 403);
    CHECK(refused.error_code() == 200);
    CHECK(refused.text_at("/error/message").find("leads_retrieval") != std::string::npos);

    meta.state.world.token_of(meta.page_id).scopes = {"leads_retrieval"};
    CHECK(meta.get("/v26.0/" + meta.page_id + "/leadgen_forms").error_code() == 200);
    CHECK(meta.get("/v26.0/" + id).status == 200);
}

TEST_CASE("without access in Leads Access Manager reads fail, and the webhook still comes")
{
    SmallMeta meta;
    const auto& lead = meta.lead();
    const auto probe = "/v26.0/" + meta.page_id + "?fields=has_lead_access.user_id(1)";
    CHECK(meta.get(probe).at("/has_lead_access/can_access_lead") == true);

    meta.page().leads_access = LeadsAccess::refused_as_missing;
    CHECK(meta.get("/v26.0/" + lead.id).subcode() == 33);
    CHECK(meta.get("/v26.0/" + meta.form_id + "/leads").subcode() == 33);
    CHECK(meta.get(probe).at("/has_lead_access/can_access_lead") == false);
    meta.page().leads_access = LeadsAccess::refused_as_permission;
    CHECK(meta.get("/v26.0/" + lead.id).error_code() == 200);

    announce_lead(meta.state, lead);
    CHECK(meta.state.outbox.counts().waiting == 1);
    CHECK(meta.get("/v26.0/" + meta.page_id + "?fields=has_lead_access").error_code() == 100);
}

TEST_CASE("what does not exist, has expired or belongs to another page reads the same")
{
    SmallMeta meta;
    const auto fresh = meta.lead(89 * 86400).id;
    const auto expired = meta.lead(91 * 86400).id;
    const auto& other_page = meta.state.world.pages.rbegin()->second;
    const auto foreign =
        meta.state.world.add_lead({.page_id = other_page.id}, leadcrm::simulator::testing::noon);

    const auto without_id = [&](const std::string& id) {
        const auto seen = meta.get("/v26.0/" + id);
        CHECK(seen.status == 400);
        CHECK(seen.error_code() == 100);
        CHECK(seen.subcode() == 33);
        CHECK(seen.text_at("/error/type") == "GraphMethodException");
        auto message = seen.text_at("/error/message");
        return message.replace(message.find(id), id.size(), "X");
    };
    CHECK(meta.get("/v26.0/" + fresh).status == 200);
    const auto unknown = without_id("444444444444");
    CHECK(without_id(expired) == unknown);
    CHECK(without_id(foreign.id) == unknown);
}
