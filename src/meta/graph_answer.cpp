#include "meta/graph_answer.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <utility>

namespace leadcrm::meta {
namespace {

constexpr std::int64_t any = -1;

struct Rule {
    std::int64_t code_min;
    std::int64_t code_max;
    std::int64_t subcode;
    Advice advice;
};

// The first rule that fits is taken.
constexpr auto rules = std::to_array<Rule>({
    {1, 1, any, Advice::retry},  // unknown error
    {2, 2, any, Advice::retry},  // service down
    {3, 3, any, Advice::operate},  // the app lacks a capability
    {4, 4, any, Advice::wait},  // the app's limit
    {10, 10, any, Advice::needs_access}, {17, 17, any, Advice::wait},  // a person's limit
    {32, 32, any, Advice::wait},  // a page's limit
    {100, 100, 33, Advice::unclear}, {100, 100, any, Advice::fewer_fields},
    {101, 101, any, Advice::operate},  // wrong app id
    {102, 102, any, Advice::reconnect},  // session invalid
    {105, 105, any, Advice::give_up},
    {190, 190, 459, Advice::recover},  // checkpoint at facebook.com
    {190, 190, 464, Advice::recover},  // account not confirmed
    {190, 190, any, Advice::reconnect}, {192, 192, any, Advice::give_up},
    {200, 299, any, Advice::needs_access}, {341, 341, any, Advice::wait},
    {368, 368, any, Advice::wait},  // blocked for policy, for at least an hour
    {506, 506, any, Advice::give_up}, {613, 613, any, Advice::wait},
    {803, 803, any, Advice::give_up}, {2200, 2200, any, Advice::operate},
    {2500, 2500, any, Advice::operate},  // unknown path: our mistake
    {2635, 2635, any, Advice::operate},  // version no longer served
    {80000, 80014, any, Advice::wait},  // limits by business use case; 80005 is that of leads
});

std::optional<json::value> tree_of(std::string_view body)
{
    try {
        return json::parse(body);
    } catch (const Failure&) {
        return std::nullopt;
    }
}

GraphProblem from_envelope(const json::value& error, int status)
{
    GraphProblem problem{.code = whole_member(error, "code").value_or(0),
        .subcode = whole_member(error, "error_subcode").value_or(0),
        .status = status,
        .message = text_member(error, "message"),
        .trace_id = text_member(error, "fbtrace_id")};
    problem.advice = advice_for(problem.code, problem.subcode);
    // A call that does not prove itself is our mistake, not that of its fields.
    if (problem.code == 100 && problem.message.find("appsecret_proof") != std::string::npos)
        problem.advice = Advice::operate;
    return problem;
}

GraphProblem without_envelope(int status, std::string_view body, std::string_view trouble)
{
    GraphProblem problem{.status = status};
    if (status == 0)
        problem.message = fmt::format("no answer: {}", trouble);
    else if (body.empty())
        problem.message = fmt::format("HTTP {} with an empty body", status);
    else
        problem.message = fmt::format("HTTP {} with a body that is not Graph's", status);
    return problem;
}

}  // namespace

std::string GraphProblem::text() const
{
    if (code == 0) return message;
    return subcode ? fmt::format("{}/{} {}", code, subcode, message)
                   : fmt::format("{} {}", code, message);
}

Advice advice_for(std::int64_t code, std::int64_t subcode)
{
    for (const auto& rule : rules)
        if (code >= rule.code_min && code <= rule.code_max
            && (rule.subcode == any || rule.subcode == subcode))
            return rule.advice;
    // An error nobody has described. Asking again costs little, a lost lead a lot.
    return Advice::retry;
}

GraphAnswer read_answer(int status, std::string body, std::string_view trouble)
{
    GraphAnswer answer{.text = std::move(body)};
    auto tree = tree_of(answer.text);
    if (const auto* error = tree ? member(*tree, "error") : nullptr) {
        answer.problem = from_envelope(*error, status);
        return answer;
    }
    const auto* success = tree ? member(*tree, "success") : nullptr;
    const bool is_failure = success && success->is_bool() && !success->get_bool();
    if (status == 200 && tree && tree->is_structured() && !is_failure)
        answer.body = *std::move(tree);
    else if (is_failure)
        answer.problem = GraphProblem{.status = status, .message = "success: false"};
    else
        answer.problem = without_envelope(status, answer.text, trouble);
    return answer;
}

const json::value* member(const json::value& of, std::string_view name)
{
    const auto* parts = of.if_object();
    return parts ? parts->if_contains({name.data(), name.size()}) : nullptr;
}

std::string text_member(const json::value& of, std::string_view name)
{
    const auto* found = member(of, name);
    const auto* text = found ? found->if_string() : nullptr;
    return text ? std::string(*text) : std::string();
}

const json::array& list_member(const json::value& of, std::string_view name)
{
    static const json::array nothing;
    const auto* found = member(of, name);
    const auto* list = found ? found->if_array() : nullptr;
    return list ? *list : nothing;
}

std::optional<std::int64_t> whole_member(const json::value& of, std::string_view name)
{
    const auto* found = member(of, name);
    if (!found) return std::nullopt;
    if (const auto* number = found->if_int64()) return *number;
    // Codes have been seen as strings.
    const auto* text = found->if_string();
    if (!text) return std::nullopt;
    std::int64_t number = 0;
    const auto* end = text->data() + text->size();
    const auto read = std::from_chars(text->data(), end, number);
    return read.ec == std::errc() && read.ptr == end ? std::optional(number) : std::nullopt;
}

}  // namespace leadcrm::meta
