// Faults, versions and the headers that stand on everything.
#include "meta-simulator/testing/small_meta.hpp"

#include <doctest/doctest.h>

using namespace leadcrm;
using namespace leadcrm::simulator;
using leadcrm::simulator::testing::SmallMeta;

TEST_CASE("every answer says its version and its request id")
{
    SmallMeta meta;
    const auto good = meta.get("/v26.0/" + meta.lead().id);
    const auto bad = meta.get("/v26.0/1");
    for (const auto& seen : {good, bad}) {
        CHECK(seen.header("facebook-api-version") == "v26.0");
        CHECK_FALSE(seen.header("x-fb-request-id").empty());
        CHECK_FALSE(seen.header("x-fb-trace-id").empty());
        CHECK_FALSE(seen.header("x-fb-debug").empty());
    }
    CHECK(good.header("x-fb-request-id") != bad.header("x-fb-request-id"));
    CHECK_FALSE(bad.text_at("/error/fbtrace_id").empty());
}

TEST_CASE("an expired version is served by the oldest living one, a future one is an error")
{
    SmallMeta meta;
    const auto id = meta.lead().id;
    CHECK(meta.get("/v19.0/" + id).header("facebook-api-version") == "v21.0");
    CHECK(meta.get("/" + id).header("facebook-api-version") == "v26.0");
    CHECK(meta.get("/v24.0/" + id).header("facebook-api-version") == "v24.0");
    const auto future = meta.get("/v99.0/" + id);
    CHECK(future.error_code() == 2500);
    meta.state.graph.version_warning = "The call has been auto-upgraded to v26.0.";
    CHECK_FALSE(meta.get("/v24.0/" + id).header("X-Ad-Api-Version-Warning").empty());
}

TEST_CASE("the envelope can be sparse, and its parts can have other types")
{
    SmallMeta meta;
    auto& shape = meta.state.graph.errors;
    shape = {.titles = false, .subcode = false, .trace_id = false, .code_as_text = true};
    const auto sparse = meta.get("/v26.0/1");
    CHECK(sparse.text_at("/error/code") == "100");
    CHECK(sparse.at("/error").as_object().size() == 3);
    shape = {.error_data = ErrorData::text};
    CHECK(meta.get("/v26.0/1").text_at("/error/error_data")
        == R"({"blame_field_specs":[["fields"]]})");
    shape = {.error_data = ErrorData::object};
    CHECK(meta.get("/v26.0/1").at("/error/error_data").is_object());
}

TEST_CASE("a fault strikes its endpoint and page, as often as it was told to")
{
    SmallMeta meta;
    const auto lead = "/v26.0/" + meta.lead().id;
    const auto forms = "/v26.0/" + meta.page_id + "/leadgen_forms";
    meta.state.faults.add({.kind = FaultKind::http_503, .endpoint = "lead", .count = 2});
    CHECK(meta.get(forms).status == 200);
    CHECK(meta.get(lead).status == 503);
    CHECK(meta.get(lead).at("/error/is_transient") == true);
    CHECK(meta.get(lead).status == 200);
    CHECK(meta.state.faults.list().empty());

    meta.state.faults.add({.kind = FaultKind::http_500, .page_id = "1"});
    CHECK(meta.get(lead).status == 200);
    meta.state.faults.clear();
    meta.state.faults.add({.kind = FaultKind::http_500, .probability = 0.5});
    int failed = 0;
    for (int i = 0; i < 200; ++i) failed += meta.get(lead).status == 500 ? 1 : 0;
    CHECK(failed > 60);
    CHECK(failed < 140);
}

TEST_CASE("each kind of fault does what it is called")
{
    SmallMeta meta;
    const auto path = "/v26.0/" + meta.lead().id;
    const auto strike = [&](Fault fault) {
        meta.state.faults.clear();
        meta.state.faults.add(std::move(fault));
        return meta.get(path);
    };

    const auto page = strike({.kind = FaultKind::html_502});
    CHECK(page.status == 502);
    CHECK(page.reply.response.content_type.starts_with("text/html"));
    CHECK(strike({.kind = FaultKind::empty_body}).text.empty());
    const auto unavailable = strike({.kind = FaultKind::service_unavailable_200});
    CHECK(unavailable.status == 200);
    CHECK(unavailable.text == "Service Unavailable");
    CHECK(strike({.kind = FaultKind::success_false}).at("/success") == false);
    const auto broken = strike({.kind = FaultKind::malformed_json});
    CHECK(broken.status == 200);
    CHECK(broken.body.is_null());
    CHECK(strike({.kind = FaultKind::reset}).reply.response.sending == http::Sending::reset);
    CHECK(strike({.kind = FaultKind::cut_body}).reply.response.sending == http::Sending::cut);
    const auto slow = strike({.kind = FaultKind::slow_body, .latency_ms = 700});
    CHECK(slow.reply.response.sending == http::Sending::slow);
    CHECK(slow.reply.response.pause == std::chrono::milliseconds(700));
    CHECK(strike({.kind = FaultKind::latency, .latency_ms = 300}).reply.wait
        == std::chrono::milliseconds(300));
    const auto error = strike({.kind = FaultKind::error, .code = 368, .subcode = 5, .status = 403});
    CHECK(error.error_code() == 368);
    CHECK(error.subcode() == 5);
    CHECK(error.status == 403);
}

TEST_CASE("the call log counts by endpoint and keeps no token")
{
    SmallMeta meta;
    const auto id = meta.lead().id;
    meta.send("GET", "/v26.0/" + id + "?access_token=" + meta.token);
    const auto& last = meta.state.calls.newest.front();
    CHECK(last.path == "/" + id);
    CHECK(last.token_in_query);
    CHECK(last.endpoint == "lead");
    CHECK(meta.state.calls.by_endpoint.at("lead") == 1);
    meta.get("/v26.0/1");
    CHECK(meta.state.calls.by_error.at("100") == 1);
}
