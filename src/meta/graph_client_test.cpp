#include "meta/graph_client.hpp"
#include "meta/graph_list.hpp"
#include "meta/signature.hpp"
#include "platform/http/message.hpp"

#include <doctest/doctest.h>

#include <deque>

namespace leadcrm::meta {
namespace {

const PageAccess page{"1", "EAAG-page-token"};

// Answers in order, and remembers what was asked.
struct Script {
    std::deque<net::Answer> answers;
    std::vector<net::Request> asked;

    GraphClient client()
    {
        return {[this](net::Request request) {
                    asked.push_back(std::move(request));
                    auto answer = answers.front();
                    answers.pop_front();
                    return answer;
                },
            {.app_id = "555",
                .app_secrets = {"new-secret", "old-secret"},
                .graph_url = "http://graph.test",
                .graph_version = "v99.0"}};
    }
};

std::string header_of(const net::Request& request, const std::string& name)
{
    for (const auto& [key, value] : request.headers)
        if (key == name) return value;
    return {};
}

TEST_CASE("a read names version, node and fields, and proves its token")
{
    Script script{.answers = {{.status = 200, .body = R"({"id":"7"})"}}};
    auto client = script.client();
    const auto answer = client.get(page, "7", "id,field_data");

    CHECK_FALSE(answer.problem);
    CHECK(text_member(answer.body, "id") == "7");
    const auto& asked = script.asked.at(0);
    CHECK(asked.method == "GET");
    CHECK(asked.url
        == "http://graph.test/v99.0/7?fields=id,field_data&appsecret_proof="
            + app_secret_proof(page.token, "new-secret"));
    CHECK(header_of(asked, "Authorization") == "Bearer EAAG-page-token");
    CHECK(asked.url.find(page.token) == std::string::npos);
}

TEST_CASE("a batch asks for each node, and each element has its own answer")
{
    Script script{.answers = {{.status = 200, .body = R"([{"code":200,"body":"{\"id\":\"7\"}"},null,
                           {"code":400,"body":"{\"error\":{\"code\":190,\"error_subcode\":460}}"},
                           {"code":200,"body":"Service Unavailable"}])"}}};
    auto client = script.client();
    const auto answers = client.get_all(page, {"7", "8", "9", "10", "11"}, "id,field_data");

    REQUIRE(answers.size() == 5);
    CHECK(text_member(answers[0].body, "id") == "7");
    CHECK(answers[0].text == R"({"id":"7"})");
    CHECK(answers[1].problem->advice == Advice::retry);
    CHECK(answers[2].problem->advice == Advice::reconnect);
    CHECK(answers[3].problem->advice == Advice::retry);
    CHECK(answers[4].problem->advice == Advice::retry);

    const auto& asked = script.asked.at(0);
    CHECK(asked.method == "POST");
    CHECK(asked.url == "http://graph.test/v99.0/");
    const auto form = http::parse_form(asked.body);
    REQUIRE(form.size() == 3);
    CHECK(form[1].first == "batch");
    const auto batch = json::parse(form[1].second);
    CHECK(batch.as_array().size() == 5);
    CHECK(text_member(batch.as_array()[1], "relative_url") == "8?fields=id,field_data");
    CHECK(form[2].first == "appsecret_proof");
}

TEST_CASE("when a batch fails as a whole, every element has failed")
{
    Script script{.answers = {{.status = 0, .trouble = "timed out"}}};
    auto client = script.client();
    const auto answers = client.get_all(page, {"7", "8"}, "id");
    REQUIRE(answers.size() == 2);
    CHECK(answers[0].problem->text() == "no answer: timed out");
    CHECK(answers[1].problem->advice == Advice::retry);
}

TEST_CASE("an answer with full buckets, or a refusal, holds up what comes next")
{
    Script script{
        .answers = {
            {.status = 200,
                .body = R"({"id":"7"})",
                .headers = {{"x-business-use-case-usage",
                    R"({"1":[{"type":"leadgen","call_count":100,"estimated_time_to_regain_access":9}]})"}}},
            {.status = 400, .body = R"({"error":{"code":80005}})"},
            {.status = 200, .body = R"([{"code":400,"body":"{\"error\":{\"code\":4}}"}])"}}};
    auto client = script.client();
    const auto wait_of = [&](const std::string& id) { return client.free_at(id) - Instant::now(); };
    using namespace std::chrono_literals;

    client.get(page, "7", "id");
    CHECK(wait_of("1") > 8min);
    CHECK(wait_of("2") < 1s);

    client.get({"2", "token"}, "7", "id");
    CHECK(wait_of("2") > 4min);
    CHECK(wait_of("3") < 1s);

    client.get_all({"3", "token"}, {"7"}, "id");
    CHECK(wait_of("4") > 4min);
}

TEST_CASE("a token that Meta repeats in its message goes no further")
{
    Script script{
        .answers = {{.status = 400,
            .body =
                R"({"error":{"code":190,"message":"Malformed access token EAAG-page-token"}})"}}};
    auto client = script.client();
    const auto answer = client.get(page, "7", "id");
    CHECK(answer.problem->text() == "190 Malformed access token …");
}

TEST_CASE("a list is followed to its end, with the token in no address")
{
    Script script{
        .answers = {
            {.status = 200,
                .body =
                    R"({"data":[{"id":"1"}],"paging":{"next":"http://graph.test/v99.0/7/leads?access_token=EAAG-page-token&limit=100&appsecret_proof=x&after=A"}})"},
            {.status = 200, .body = R"({"data":[]})"}}};
    auto client = script.client();
    GraphList list(client, page, {.edge = "7/leads", .fields = "id", .filtering = R"([{"a":1}])"});
    CHECK(list_member(list.step().body, "data").size() == 1);
    CHECK_FALSE(list.is_at_end());
    CHECK_FALSE(list.step().problem);
    CHECK(list.is_at_end());
    const auto proof = "appsecret_proof=" + app_secret_proof(page.token, "new-secret");
    CHECK(script.asked.at(0).url
        == "http://graph.test/v99.0/7/leads?fields=id&limit=100&filtering=%5B%7B%22a%22%3A1%7D%5D&"
            + proof);
    CHECK(script.asked.at(1).url == "http://graph.test/v99.0/7/leads?limit=100&after=A&" + proof);
    for (const auto& asked : script.asked)
        CHECK(header_of(asked, "Authorization") == "Bearer EAAG-page-token");
}

TEST_CASE("a list that goes on at another host is not followed")
{
    for (const auto* next : {"https://evil.test/v99.0/7/leads?after=A",
             "http://graph.test.evil.test/v99.0/7/leads", "//graph.test/v99.0"}) {
        CAPTURE(next);
        Script script{
            .answers = {{.status = 200,
                .body = R"({"data":[],"paging":{"next":")" + std::string(next) + R"("}})"}}};
        auto client = script.client();
        GraphList list(client, page, {.edge = "7/leads", .fields = "id"});
        CHECK(list.step().problem->advice == Advice::operate);
    }
}

TEST_CASE("a list without an end is left, and too much at once is asked for in halves")
{
    const net::Answer endless{.status = 200,
        .body = R"({"data":[],"paging":{"next":"http://graph.test/v99.0/7/leads?after=A"}})"};
    Script script{.answers = {endless, endless, endless}};
    auto client = script.client();
    GraphList list(client, page, {.edge = "7/leads", .fields = "id", .hops_max = 2});
    CHECK_FALSE(list.step().problem);
    CHECK_FALSE(list.step().problem);
    CHECK(list.step().problem->advice == Advice::operate);

    const net::Answer too_much{.status = 500,
        .body =
            R"({"error":{"code":1,"message":"Please reduce the amount of data you're asking for, then retry your request"}})"};
    Script heavy{.answers = {too_much, too_much, {.status = 200, .body = R"({"data":[]})"}}};
    auto heavy_client = heavy.client();
    GraphList forms(heavy_client, page, {.edge = "7/leadgen_forms", .fields = "id"});
    CHECK_FALSE(forms.step().problem);
    CHECK(heavy.asked.at(2).url.find("limit=25&") != std::string::npos);
}

}  // namespace
}  // namespace leadcrm::meta
