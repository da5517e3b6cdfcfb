#include "meta/graph_answer.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace leadcrm::meta {
namespace {

GraphProblem problem_of(int status, const std::string& body, const std::string& trouble = {})
{
    const auto answer = read_answer(status, body, trouble);
    REQUIRE(answer.problem);
    CHECK(answer.body.is_null());
    return *answer.problem;
}

GraphProblem answer(int code, int subcode = 0, const std::string& message = "…", int status = 400)
{
    return problem_of(status,
        fmt::format(
            R"({{"error":{{"message":"{}","type":"OAuthException","code":{},"error_subcode":{},"fbtrace_id":"AbC"}}}})",
            message, code, subcode));
}

TEST_CASE("every code Meta documents has its advice")
{
    struct Case {
        int code;
        int subcode;
        Advice advice;
    };
    const Case cases[] = {
        {1, 0, Advice::retry},
        {2, 0, Advice::retry},
        {3, 0, Advice::operate},
        {4, 0, Advice::wait},
        {10, 0, Advice::needs_access},
        {17, 2446079, Advice::wait},
        {32, 0, Advice::wait},
        {100, 0, Advice::fewer_fields},
        {100, 33, Advice::unclear},
        {101, 0, Advice::operate},
        {102, 0, Advice::reconnect},
        {105, 0, Advice::give_up},
        {190, 0, Advice::reconnect},
        {190, 458, Advice::reconnect},
        {190, 459, Advice::recover},
        {190, 460, Advice::reconnect},
        {190, 463, Advice::reconnect},
        {190, 464, Advice::recover},
        {190, 467, Advice::reconnect},
        {190, 492, Advice::reconnect},
        {190, 2069032, Advice::reconnect},
        {192, 0, Advice::give_up},
        {200, 0, Advice::needs_access},
        {278, 0, Advice::needs_access},
        {299, 0, Advice::needs_access},
        {341, 0, Advice::wait},
        {368, 0, Advice::wait},
        {506, 0, Advice::give_up},
        {613, 1996, Advice::wait},
        {803, 0, Advice::give_up},
        {2200, 0, Advice::operate},
        {2500, 0, Advice::operate},
        {2635, 0, Advice::operate},
        {80000, 2446079, Advice::wait},
        {80001, 0, Advice::wait},
        {80005, 0, Advice::wait},
        {80014, 0, Advice::wait},
        {80015, 0, Advice::retry},
        {987654, 0, Advice::retry},
    };
    for (const auto& each : cases) {
        CAPTURE(each.code);
        CAPTURE(each.subcode);
        CHECK(answer(each.code, each.subcode).advice == each.advice);
    }
}

TEST_CASE("code, subcode and trace are kept for those who look into it")
{
    const auto problem = answer(190, 460, "Error validating access token");
    CHECK(problem.text() == "190/460 Error validating access token");
    CHECK(problem.trace_id == "AbC");
    CHECK(problem.status == 400);
    CHECK(answer(4).text() == "4 …");
}

TEST_CASE("an envelope may lack keys, and have its code as a string")
{
    CHECK(problem_of(400, R"({"error":{"code":"190"}})").advice == Advice::reconnect);
    CHECK(problem_of(400, R"({"error":{}})").advice == Advice::retry);
    CHECK(problem_of(400, R"({"error":{"code":[],"message":7,"error_data":"{}"}})").code == 0);
    CHECK(problem_of(400, R"({"error":"text"})").advice == Advice::retry);
}

TEST_CASE("a missing proof is the operator's matter, not that of the fields")
{
    CHECK(answer(100, 0, "API calls from the server require an appsecret_proof argument").advice
        == Advice::operate);
}

TEST_CASE("what is not Graph's own answer is tried again")
{
    CHECK(problem_of(0, "", "timed out").advice == Advice::retry);
    CHECK(problem_of(0, "", "timed out").text() == "no answer: timed out");
    CHECK(problem_of(502, "<html>Bad Gateway</html>").advice == Advice::retry);
    CHECK(problem_of(200, "").advice == Advice::retry);
    CHECK(problem_of(200, "Service Unavailable").advice == Advice::retry);
    CHECK(problem_of(200, R"({"success":false})").advice == Advice::retry);
}

TEST_CASE("only a good answer has a body")
{
    CHECK(text_member(read_answer(200, R"({"id":"1"})").body, "id") == "1");
    CHECK_FALSE(read_answer(200, R"({"success":true})").problem);
    CHECK_FALSE(read_answer(200, "[]").problem);
    CHECK(read_answer(200, "\"Service Unavailable\"").problem);
    CHECK(read_answer(200, R"({"error":{"code":1}})").problem);
    CHECK(read_answer(400, R"({"id":"1"})").problem);
    CHECK(read_answer(500, "[]").problem);
}

}  // namespace
}  // namespace leadcrm::meta
