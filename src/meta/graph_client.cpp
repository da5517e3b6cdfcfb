#include "meta/graph_client.hpp"

#include "meta/signature.hpp"
#include "platform/log/log.hpp"
#include "platform/metrics/metrics.hpp"
#include "platform/net/form.hpp"

#include <boost/algorithm/string/replace.hpp>

#include <fmt/format.h>

#include <stdexcept>

namespace leadcrm::meta {
namespace {

// A token that was sent in a header does not come back in `next`, but nobody promises that.
std::string without_secrets(const std::string& address)
{
    const auto question = address.find('?');
    std::string plain = address.substr(0, question);
    char joint = '?';
    for (auto at = question; at != std::string::npos;) {
        const auto end = address.find('&', at + 1);
        const auto part = address.substr(at + 1, end == std::string::npos ? end : end - at - 1);
        at = end;
        if (part.starts_with("access_token=") || part.starts_with("appsecret_proof=")) continue;
        plain += joint + part;
        joint = '&';
    }
    return plain;
}

std::string batch_of(const std::vector<std::string>& nodes, const std::string& fields)
{
    json::array batch;
    for (const auto& node : nodes)
        batch.push_back(
            json::object{{"method", "GET"}, {"relative_url", node + "?fields=" + fields}});
    return json::print(batch);
}

GraphAnswer unanswered(std::string why)
{
    return {.problem = GraphProblem{.message = std::move(why)}};
}

// One element of the answer to a batch. Its body is JSON in a string.
GraphAnswer read_element(const json::value& element)
{
    if (!element.is_object()) return unanswered("Meta did not get to this part of the batch");
    return read_answer(static_cast<int>(whole_member(element, "code").value_or(0)),
        text_member(element, "body"), "an element without a code");
}

metrics::Counter& calls(std::string_view result)
{
    return metrics::counter("leadcrm_graph_calls_total", "Calls to Meta's Graph API.",
        {{"result", std::string(result)}});
}

std::string_view result_of(const GraphAnswer& answer)
{
    return answer.problem ? boost::describe::enum_to_string(answer.problem->advice, "") : "good";
}

}  // namespace

GraphClient::GraphClient(Send send, Settings app, TellResult told)
    : send_(std::move(send)), app_(std::move(app)), told_(std::move(told))
{
}

PageAccess GraphClient::app_access() const
{
    return {.page_id = {}, .token = app_.app_id + "|" + app_.app_secrets.front()};
}

Instant GraphClient::free_at(const std::string& page_id) const { return limits_.free_at(page_id); }

Instant GraphClient::unhurried_free_at(const std::string& page_id) const
{
    return limits_.unhurried_free_at(page_id);
}

GraphAnswer GraphClient::get(
    const PageAccess& as, const std::string& node, const std::string& fields)
{
    net::Request request;
    request.url =
        fmt::format("{}/{}/{}?fields={}", app_.graph_url, app_.graph_version, node, fields);
    return call(as, std::move(request));
}

GraphAnswer GraphClient::ask(const PageAccess& as, const GraphRequest& what)
{
    const auto form = net::form_text(what.parameters);
    net::Request request{.method = what.method};
    request.url = fmt::format("{}/{}/{}", app_.graph_url, app_.graph_version, what.path);
    if (what.method == "GET" && !what.is_secret) {
        if (!form.empty()) request.url += '?' + form;
        return call(as, std::move(request));
    }
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    request.body = form;
    if (what.method != "GET") return call(as, std::move(request));

    request.method = "POST";
    request.url = fmt::format("{}/{}/", app_.graph_url, app_.graph_version);
    const json::array batch{
        json::object{{"method", "GET"}, {"relative_url", what.path + '?' + form}}};
    request.body = "include_headers=false&batch=" + net::percent_encoded(json::print(batch));
    auto envelope = call(as, std::move(request));
    if (envelope.problem) return envelope;
    const auto* elements = envelope.body.if_array();
    return elements && !elements->empty() ? read_element(elements->front())
                                          : unanswered("an empty answer to a batch");
}

std::vector<GraphAnswer> GraphClient::get_all(
    const PageAccess& as, const std::vector<std::string>& nodes, const std::string& fields)
{
    if (nodes.size() > batch_max) throw std::logic_error("a batch has 50 elements at most");
    net::Request request;
    request.method = "POST";
    request.url = fmt::format("{}/{}/", app_.graph_url, app_.graph_version);
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    request.body = "include_headers=false&batch=" + net::percent_encoded(batch_of(nodes, fields));
    auto envelope = call(as, std::move(request));
    if (envelope.problem) return {nodes.size(), envelope};

    std::vector<GraphAnswer> answers;
    const auto* elements = envelope.body.if_array();
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        answers.push_back(elements && i < elements->size()
                ? read_element((*elements)[i])
                : unanswered("an answer shorter than the batch"));
        note_refusal(as, answers.back(), {});
        count(as, answers.back());
    }
    return answers;
}

GraphListPage GraphClient::get_list(const PageAccess& as, const std::string& address)
{
    net::Request request;
    request.url = address;
    GraphListPage page{.answer = call(as, std::move(request)), .next = std::nullopt};
    const auto* paging = page.answer.problem ? nullptr : member(page.answer.body, "paging");
    const auto next = paging ? text_member(*paging, "next") : std::string();
    if (next.empty()) return page;
    // Whoever answers must not send our token elsewhere.
    if (next.starts_with(app_.graph_url + "/"))
        page.next = without_secrets(next);
    else
        page.answer.problem = GraphProblem{
            .advice = Advice::operate, .message = "a list that goes on at another address"};
    return page;
}

std::string GraphClient::list_address(const std::string& edge,
    const std::vector<std::pair<std::string, std::string>>& parameters) const
{
    auto address = fmt::format("{}/{}/{}", app_.graph_url, app_.graph_version, edge);
    char joint = '?';
    for (const auto& [name, text] : parameters) {
        address += joint + name + '=' + net::percent_encoded(text);
        joint = '&';
    }
    return address;
}

GraphAnswer GraphClient::call(const PageAccess& as, net::Request request)
{
    if (!as.token.empty()) request.headers.emplace_back("Authorization", "Bearer " + as.token);
    request.headers.emplace_back("Accept", "application/json");
    if (!app_.app_secrets.empty() && !as.token.empty()) {
        // Worth nothing without the token, so it may stand in the address.
        const bool in_url = request.method == "GET" || request.method == "DELETE";
        auto& to = in_url ? request.url : request.body;
        if (in_url)
            to += to.find('?') == std::string::npos ? '?' : '&';
        else if (!to.empty())
            to += '&';
        to += "appsecret_proof=" + app_secret_proof(as.token, app_.app_secrets.front());
    }
    request.time_max = std::chrono::seconds(20);
    auto came = send_(std::move(request));
    auto answer = read_answer(came.status, std::move(came.body), came.trouble);
    learn_limits(as, came, answer);
    if (!answer.body.is_array()) count(as, answer);
    if (answer.problem)
        log::warn("graph call failed",
            {{"page_id", as.page_id}, {"problem", answer.problem->text()},
                {"status", std::to_string(came.status)}, {"fbtrace_id", answer.problem->trace_id},
                {"request_id", std::string(came.header("x-fb-request-id"))}});
    return answer;
}

void GraphClient::count(const PageAccess& as, const GraphAnswer& answer) const
{
    const auto result = result_of(answer);
    calls(result).add();
    if (told_) told_(as, result);
}

void GraphClient::learn_limits(const PageAccess& as, const net::Answer& from, GraphAnswer& answer)
{
    const auto now = Instant::now();
    limits_.learn_app(read_usage(from.header("x-app-usage")), now);
    auto usage = read_usage(from.header("x-business-use-case-usage"));
    usage.add(read_usage(from.header("x-page-usage")));
    limits_.learn_page(as.page_id, usage, now);
    note_refusal(as, answer, usage);
}

void GraphClient::note_refusal(const PageAccess& as, GraphAnswer& answer, const Usage& usage)
{
    if (!answer.problem) return;
    // Meta repeats a malformed token in its message; the message goes to logs and to screens.
    if (!as.token.empty()) boost::algorithm::replace_all(answer.problem->message, as.token, "…");
    if (answer.problem->advice == Advice::wait)
        limits_.refused(as.page_id, answer.problem->code, usage, Instant::now());
}

}  // namespace leadcrm::meta
