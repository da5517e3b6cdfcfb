// The control API through the whole simulator, without sockets. Nothing is sent: no webhook URL is
// set.
#include "meta-simulator/control/control_api.hpp"
#include "meta-simulator/simulator.hpp"
#include "platform/failure.hpp"

#include <boost/json/parse.hpp>

#include <doctest/doctest.h>

using namespace leadcrm;
using namespace leadcrm::simulator;

namespace {

class Bench {
public:
    json::value ask(
        const std::string& method, const std::string& path, const std::string& body = {})
    {
        std::optional<http::Response> response;
        const auto question = path.find('?');
        http::Request request{.method = method,
            .path = "/_control" + path.substr(0, question),
            .query = question == path.npos ? "" : path.substr(question + 1),
            .body = body};
        simulator.handle(request, [&](http::Response made) { response = std::move(made); });
        REQUIRE(response);
        CHECK(response->status == 200);
        return response->content_type == "application/json" ? boost::json::parse(response->body)
                                                            : json::value(response->body);
    }
    json::value state() { return ask("GET", "/state"); }

    Simulator simulator{Options{.pages = 2}};
};

}  // namespace

TEST_CASE("control: the state shows pages with their tokens and forms")
{
    Bench bench;
    const auto state = bench.state();
    REQUIRE(state.at("pages").as_array().size() == 2);
    CHECK(state.at_pointer("/pages/0/id").as_string() == "101010101010101");
    CHECK(state.at_pointer("/pages/0/token").as_string() == "EAASIMPAGE101010101010101");
    CHECK(state.at_pointer("/pages/0/forms/0/id").as_string() == "202020202020202");
}

TEST_CASE("control: leads are made to order, announced or silent")
{
    Bench bench;
    const auto made = bench.ask("POST", "/leads",
        R"({"count":3,"form_id":"202020202020202","values":{"full_name":"Ana","x":["a","b"]},"age_s":3600})");
    REQUIRE(made.at("ids").as_array().size() == 3);
    CHECK(bench.state().at_pointer("/deliveries/waiting").as_int64() == 3);
    bench.ask("POST", "/leads", R"({"webhook":false})");
    CHECK(bench.state().at_pointer("/deliveries/changes").as_int64() == 3);
    CHECK(bench.ask("GET", "/leads").at("data").as_array().size() == 4);
    CHECK(bench.ask("GET", "/leads?form_id=202020202020202").at("data").as_array().size() >= 3);

    const auto id = std::string(made.at_pointer("/ids/0").as_string());
    bench.simulator.with_state([&](State& state) {
        const Lead& lead = *state.world.find_lead(id);
        CHECK(lead.answers.front().values.front() == "Ana");
        CHECK(state.clock.now() - lead.created > std::chrono::minutes(59));
    });
    bench.ask("DELETE", "/leads/" + id);
    CHECK_THROWS_AS(bench.ask("DELETE", "/leads/" + id), Failure);
}

TEST_CASE("control: an update is announced when the page is subscribed to updates")
{
    Bench bench;
    const auto made =
        bench.ask("POST", "/leads", R"({"webhook":false,"page_id":"101010101010101"})");
    const auto update = "/leads/" + std::string(made.at_pointer("/ids/0").as_string()) + "/update";
    const auto announced = [&] {
        return bench.state().at_pointer("/deliveries/changes").as_int64();
    };
    bench.ask("POST", update);
    CHECK(announced() == 0);
    bench.ask(
        "PATCH", "/pages/101010101010101", R"({"subscribed_fields":["leadgen","leadgen_update"]})");
    bench.ask("POST", update);
    CHECK(announced() == 1);
}

TEST_CASE("control: settings change one by one, and misspelt ones are refused")
{
    Bench bench;
    bench.ask("PUT", "/webhook", R"({"drop":0.5,"signing":"wrong"})");
    const auto webhook = bench.ask("PUT", "/webhook", R"({"ids":"numbers"})");
    CHECK(webhook.at("drop").as_double() == 0.5);
    CHECK(webhook.at("ids").as_string() == "numbers");
    CHECK_THROWS_AS(bench.ask("PUT", "/webhook", R"({"dorp":1})"), Failure);
    CHECK_THROWS_AS(bench.ask("PUT", "/webhook", R"({"signing":"maybe"})"), Failure);
    CHECK_THROWS_AS(bench.ask("PUT", "/webhook", "[]"), Failure);
    CHECK(
        bench
            .ask("PUT", "/graph",
                R"({"errors":{"titles":false,"subcode":true,"trace_id":true,"code_as_text":false,"error_data":"none"},"limit_max":7})")
            .at("limit_max")
        == 7);
}

TEST_CASE("control: tokens die and are renewed, pages lose lead access")
{
    Bench bench;
    bench.ask("POST", "/tokens", R"({"page_id":"101010101010101","subcode":460})");
    CHECK(bench.state().at_pointer("/pages/0/token_state").as_string() == "190/460");
    const auto renewed = bench.ask("POST", "/tokens/renew", R"({"page_id":"101010101010101"})");
    CHECK(renewed.at("token").as_string() == "EAASIMPAGE101010101010101R2");
    CHECK(bench.state().at_pointer("/pages/0/token_state").as_string() == "alive");
    bench.ask("PATCH", "/pages/101010101010101", R"({"leads_access":"refused_as_permission"})");
    CHECK(bench.state().at_pointer("/pages/0/leads_access").as_string() == "refused_as_permission");
}

TEST_CASE("control: people are made and changed, and the dialog is told how to answer")
{
    Bench bench;
    CHECK(bench.ask("GET", "/people").at("data").as_array().size() == 3);
    const auto made = bench.ask("POST", "/people", R"({"name":"Omar","tasks":["ADVERTISE"]})");
    const auto id = std::string(made.at("id").as_string());
    const auto changed =
        bench.ask("PATCH", "/people/" + id, R"({"page_tasks":{"101010101010101":["MANAGE"]}})");
    CHECK(changed.at("name").as_string() == "Omar");
    CHECK(changed.at_pointer("/page_tasks/101010101010101/0").as_string() == "MANAGE");

    bench.ask("PUT", "/login", R"({"answer":"deny","person_id":")" + id + "\"}");
    CHECK(bench.state().at_pointer("/login/answer").as_string() == "deny");
    CHECK_THROWS_AS(bench.ask("PUT", "/login", R"({"person_id":"1"})"), Failure);
    CHECK_THROWS_AS(bench.ask("POST", "/callbacks", R"({"kind":"deauthorize"})"), Failure);
    CHECK(bench.ask("POST", "/tokens", R"({"person_id":")" + id + R"(","subcode":460})")
        == json::object());
}

TEST_CASE("control: faults are added, listed and removed")
{
    Bench bench;
    const auto fault = bench.ask("POST", "/faults", R"({"kind":"latency","endpoint":"lead"})");
    CHECK(bench.ask("GET", "/faults").at("data").as_array().size() == 1);
    bench.ask("DELETE", "/faults/" + std::to_string(fault.at("id").as_int64()));
    CHECK(bench.ask("GET", "/faults").at("data").as_array().empty());
    CHECK_THROWS_AS(bench.ask("POST", "/faults", "{}"), Failure);
    bench.ask("POST", "/throttle", R"({"code":80005,"page_id":"101010101010101"})");
    bench.ask("DELETE", "/throttle");
}

TEST_CASE("control: pages and forms are made, time passes, and all begins anew")
{
    Bench bench;
    const auto page = bench.ask("POST", "/pages", R"({"name":"Bakery","country":"FR","forms":1})");
    const auto form_id = std::string(page.at_pointer("/form_ids/0").as_string());
    const auto copy = bench.ask("POST", "/forms", R"({"copy_of":")" + form_id + "\"}");
    CHECK(copy.at_pointer("/ids/0").as_string() != form_id);
    bench.ask("PATCH", "/forms/" + form_id, R"({"status":"ARCHIVED"})");

    const auto lead = bench.ask(
        "POST", "/leads", R"({"page_id":")" + std::string(page.at("id").as_string()) + "\"}");
    bench.ask("POST", "/clock", R"({"advance_s":7862400})");
    bench.simulator.with_state([&](State& state) {
        CHECK(state.world.living_leads(
                  *state.world.find_page(std::string(page.at("id").as_string())), state.clock.now())
            == 0);
    });
    bench.ask("POST", "/reset", R"({"seed":9})");
    CHECK(bench.state().at("pages").as_array().size() == 2);
    CHECK(bench.state().at_pointer("/deliveries/changes").as_int64() == 0);
}

TEST_CASE("control: a rate makes leads by itself until the count is reached")
{
    Bench bench;
    bench.ask(
        "PUT", "/rate", R"({"leads_per_second":2000,"count":25,"weights":{"101010101010101":0}})");
    std::int64_t made = 0;
    for (int i = 0; i < 200 && made < 25; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        made = bench.state().at_pointer("/deliveries/changes").as_int64();
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    CHECK(bench.state().at_pointer("/deliveries/changes").as_int64() == 25);
    CHECK(bench.ask("GET", "/leads?page_id=101010101010101").at("data").as_array().empty());
}

TEST_CASE("control: the page, its script and its style are inside the program")
{
    Bench bench;
    CHECK(bench.ask("GET", "").as_string().starts_with("<!doctype html>"));
    CHECK(bench.ask("GET", "/control.js").as_string().size() > 1000);
    CHECK(bench.ask("GET", "/control.css").as_string().size() > 1000);
    CHECK_THROWS_AS(bench.ask("GET", "/nothing"), Failure);
}
