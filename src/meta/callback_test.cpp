// Meta's callbacks about people, sent by the simulator's own sender or by hand.
#include "meta-simulator/login/signed_request.hpp"
#include "meta/fetch_store.hpp"
#include "meta/person_removal.hpp"
#include "meta/signed_request_reading.hpp"
#include "meta/testing/facebook_workspace.hpp"

#include <boost/algorithm/string/case_conv.hpp>

#include <doctest/doctest.h>

namespace leadcrm::testing {
namespace {

const std::vector<std::string> test_secrets{"", "s3cr3t-app-secret-for-tests"};
constexpr auto deauthorize_vector =
    "zKh197Pn1N3KVCyeSCZe-1HrQma-OL0l2kIIqPYbiW4.eyJ1c2VyX2lkIjoiMjE4NDcxIiwiYWxnb3JpdGhtIjoiSE1BQ"
    "y1TSEEyNTYiLCJpc3N1ZWRfYXQiOjE3NjUwMDAwMDB9";
constexpr auto deletion_vector =
    "5VxpfuUosEfKSDEJRxXDF0wQi_wel40tz8jGvign7AE.eyJ1c2VyX2lkIjoiMjE4NDcxIiwiYWxnb3JpdGhtIjoiSE1BQ"
    "y1TSEEyNTYiLCJpc3N1ZWRfYXQiOjE3NjUwMDAwMDAsImV4cGlyZXMiOjE3NjUwMDM2MDB9";

Answer post_signed(HttpClient& client, const std::string& path, const std::string& text)
{
    return client.send({.method = "POST",
        .target = path,
        .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
        .body = "signed_request=" + net::percent_encoded(text)});
}

// As Meta signs it for the person who logged in to this workspace.
std::string signed_by(
    FacebookWorkspace& crm, bool is_deletion, simulator::SignedAs how = simulator::SignedAs::good)
{
    return crm.at_meta([&](simulator::State& meta) {
        return simulator::signed_request(meta.world.app_secret, meta.login.settings.person_id,
            meta.clock.now(), is_deletion, how);
    });
}

}  // namespace

TEST_CASE("callback: Meta's signed requests are read, with and without padding")
{
    for (const auto* text : {deauthorize_vector, deletion_vector}) {
        const auto read = meta::read_signed_request(text, test_secrets);
        REQUIRE(read);
        CHECK(read->person_id == "218471");
    }
    const std::string padded = deauthorize_vector;
    const auto dot = padded.find('.');
    CHECK(
        meta::read_signed_request(padded.substr(0, dot) + "=" + padded.substr(dot), test_secrets));
}

TEST_CASE("callback: what is forged, altered or signed otherwise is nobody's request")
{
    const std::string good = deauthorize_vector;
    auto altered = good;
    altered[good.size() - 3] = altered[good.size() - 3] == 'A' ? 'B' : 'A';
    const auto swapped =
        std::string(deletion_vector).substr(0, good.find('.')) + good.substr(good.find('.'));
    for (const auto& text : {std::string(), std::string("."), std::string("a.b"), altered, swapped,
             good.substr(good.find('.')), good + "."})
        CHECK_FALSE(meta::read_signed_request(text, test_secrets));
    CHECK_FALSE(meta::read_signed_request(good, {"other"}));
    CHECK_FALSE(meta::read_signed_request(good, {}));
    CHECK_FALSE(meta::read_signed_request(
        simulator::signed_request("", "1", {}, false, simulator::SignedAs::good), {""}));
    CHECK_FALSE(meta::read_signed_request(
        simulator::signed_request("s", "1", {}, false, simulator::SignedAs::wrong_algorithm),
        {"s"}));
}

TEST_CASE("callback: a person who removes the app leaves no token; pages say what to do")
{
    FacebookWorkspace crm;
    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    REQUIRE(crm.connect(crm.page_id).status == 200);
    HttpClient meta(crm.program.routes(), crm.program.site());
    const auto forged = signed_by(crm, false, simulator::SignedAs::bad_signature);
    CHECK(post_signed(meta, "/meta/deauthorize", forged).status == 401);
    CHECK(crm.page(crm.page_id).at("problems").as_array().empty());

    CHECK(post_signed(meta, "/meta/deauthorize", signed_by(crm, false)).status == 200);
    CHECK(crm.connection().at("person").is_null());
    const auto page = crm.page(crm.page_id);
    CHECK(page.at("connected") == false);
    CHECK(page.at("problems").at(0).at("code") == "reconnect");
    CHECK(crm.everything_stored().find('.') == std::string::npos);  // nothing sealed is left

    // The same person comes back.
    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    CHECK(crm.page(crm.page_id).at("connected") == true);
}

TEST_CASE("callback: a deletion is confirmed with a page a person can read, and leads stay")
{
    FacebookWorkspace crm;
    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    REQUIRE(crm.connect(crm.page_id).status == 200);
    HttpClient meta(crm.program.routes(), crm.program.site());
    const auto request = signed_by(crm, true, simulator::SignedAs::padded);
    const auto answer = post_signed(meta, "/meta/data-deletion", request);
    REQUIRE(answer.status == 200);
    CHECK(answer.content_type == "application/json");
    const std::string code(answer.json().at("confirmation_code").as_string());
    CHECK(answer.json().at("url").as_string() == "http://crm.example.com/data-deletion/" + code);
    CHECK(crm.connection().at("person").is_null());

    const auto page = meta.get("/data-deletion/" + code);
    CHECK(page.status == 200);
    CHECK(page.content_type == "text/html; charset=utf-8");
    for (const auto* word : {"<html lang=\"en\">", "<h1>", "1 login and the tokens of 1 page",
             "belong to the organization", code.c_str()})
        CHECK(page.body.find(word) != std::string::npos);
    CHECK(page.body.find("<script") == std::string::npos);

    // The code as somebody types it in, with a space from copying.
    const auto look_up = meta.get("/data-deletion/look-up?code=+" + code);
    CHECK(look_up.status == 303);
    CHECK(look_up.header("Location") == "/data-deletion/" + code);
    // As a phone's keyboard writes it.
    CHECK(meta.get("/data-deletion/look-up?code=" + boost::algorithm::to_upper_copy(code)).status
        == 303);
    CHECK(meta.get("/data-deletion/look-up?code=//evil.example").status == 404);
    CHECK(meta.get("/data-deletion/look-up").status == 404);

    // Meta asks again: the same answer, and what was found the first time.
    CHECK(post_signed(meta, "/meta/data-deletion", request).body == answer.body);
    CHECK(meta.get("/data-deletion/" + code).body == page.body);
    CHECK(meta.get("/data-deletion/000000000000000000000000").status == 404);
    CHECK(meta.get("/data-deletion/x").status == 404);
    CHECK(meta.post("/meta/data-deletion", {{"a", 1}}).status == 401);
}

TEST_CASE("callback: pages another person connected keep their token")
{
    FacebookWorkspace crm;
    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    REQUIRE(crm.connect(crm.page_id).status == 200);
    const auto olivia = signed_by(crm, false);
    crm.at_meta([](simulator::State& meta) {
        meta.login.settings.person_id = meta.login.add("Omar Other", {"ADVERTISE", "MANAGE"}).id;
    });
    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    REQUIRE(crm.connect(crm.second_page_id).status == 200);

    // Omar's login gave the first page his token too, so it is his now.
    HttpClient meta(crm.program.routes(), crm.program.site());
    CHECK(post_signed(meta, "/meta/deauthorize", olivia).status == 200);
    CHECK(crm.connection().at("person").at("name") == "Omar Other");
    CHECK(crm.page(crm.page_id).at("connected") == true);
    CHECK(crm.page(crm.second_page_id).at("connected") == true);
}

}  // namespace leadcrm::testing
