#include "meta-simulator/testing/small_meta.hpp"

#include <boost/json/parse.hpp>

#include <doctest/doctest.h>

using namespace leadcrm;
using namespace leadcrm::simulator;
using leadcrm::simulator::testing::SmallMeta;

namespace {

std::string element(const std::string& url)
{
    return R"({"method":"GET","relative_url":")" + url + "\"}";
}

json::value body_of(const json::value& answer)
{
    return boost::json::parse(answer.at("body").as_string());
}

}  // namespace

TEST_CASE("a batch answers in order, each element with its own status and body as text")
{
    SmallMeta meta;
    const auto a = meta.lead().id;
    const auto b = meta.lead().id;
    const auto seen = meta.batch("[" + element(b + "?fields=id,platform") + ","
        + element("444444444444") + "," + element("v26.0/" + a) + "]");

    CHECK(seen.status == 200);
    REQUIRE(seen.body.as_array().size() == 3);
    CHECK(seen.at("/0/code") == 200);
    CHECK(body_of(seen.at("/0")).at("id").as_string() == b);
    CHECK(seen.at("/1/code") == 400);
    CHECK(body_of(seen.at("/1")).at_pointer("/error/error_subcode") == 33);
    CHECK(body_of(seen.at("/2")).at("id").as_string() == a);
    CHECK(seen.at("/0/headers").as_array().size() > 2);
}

TEST_CASE("a batch may come as JSON, without headers, and as HTTP text it counts each element")
{
    SmallMeta meta;
    const auto id = meta.lead().id;
    const auto calls = meta.state.calls.total;
    const auto seen = meta.post("/v26.0/",
        R"({"batch":[{"method":"GET","relative_url":")" + id + R"("}],"include_headers":false})",
        "application/json");
    CHECK(seen.at("/0/code") == 200);
    CHECK_FALSE(seen.at("/0").as_object().contains("headers"));
    CHECK(meta.state.calls.total == calls + 2);  // the envelope and its element
}

TEST_CASE("a batch holds at most 50 elements")
{
    SmallMeta meta;
    const auto id = meta.lead().id;
    std::string list = element(id);
    for (int i = 1; i < 50; ++i) list += "," + element(id);
    CHECK(meta.batch("[" + list + "]").body.as_array().size() == 50);
    const auto refused = meta.batch("[" + list + "," + element(id) + "]");
    CHECK(refused.status == 400);
    CHECK(refused.text_at("/error/type") == "GraphBatchException");
}

TEST_CASE("an element that was not reached is null")
{
    SmallMeta meta;
    const auto id = meta.lead().id;
    meta.state.faults.add({.kind = FaultKind::batch_null, .endpoint = "lead", .count = 1});
    const auto seen = meta.batch("[" + element(id) + "," + element(id) + "]");
    CHECK(seen.at("/0").is_null());
    CHECK(seen.at("/1/code") == 200);
}

TEST_CASE("an element may bring its own token")
{
    SmallMeta meta;
    const auto& other = meta.state.world.pages.rbegin()->second;
    const auto foreign = meta.state.world.add_lead({.page_id = other.id}, testing::noon).id;
    const auto token = meta.state.world.token_of(other.id).text;
    const auto seen = meta.batch(
        "[" + element(foreign) + "," + element(foreign + "?access_token=" + token) + "]");
    CHECK(seen.at("/0/code") == 400);
    CHECK(seen.at("/1/code") == 200);
}

TEST_CASE("an element that depends on a failed one is null, and success may be left out")
{
    SmallMeta meta;
    const auto id = meta.lead().id;
    const auto seen = meta.batch(R"([{"method":"GET","relative_url":"1","name":"first"},)"
                                 R"({"method":"GET","relative_url":")"
        + id
        + R"(","depends_on":"first"},)"
          R"({"method":"GET","relative_url":")"
        + id + R"(","omit_response_on_success":true}])");
    CHECK(seen.at("/0/code") == 400);
    CHECK(seen.at("/1").is_null());
    CHECK(seen.at("/2").is_null());
}

TEST_CASE("ids= answers by id, and one bad id spoils it unless that is switched off")
{
    SmallMeta meta;
    const auto a = meta.lead().id;
    const auto b = meta.lead().id;
    CHECK(meta.get("/v26.0/?fields=id&ids=" + a + "," + b).body.as_object().size() == 2);

    const auto spoiled = meta.get("/v26.0/?fields=id&ids=" + a + ",444444444444");
    CHECK(spoiled.error_code() == 803);
    CHECK(spoiled.text_at("/error/message").ends_with("do not exist: 444444444444"));
    meta.state.graph.ids_all_or_nothing = false;
    CHECK(meta.get("/v26.0/?ids=" + a + ",444444444444").body.as_object().size() == 1);
    CHECK(meta.get("/v26.0/leads?ids=" + meta.form_id)
              .at("/" + meta.form_id + "/data")
              .as_array()
              .size()
        == 2);
}
