#include "platform/testing/http_client.hpp"

#include "platform/http/problem.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <future>
#include <numeric>
#include <stdexcept>

namespace leadcrm::testing {

boost::json::value Answer::json() const { return boost::json::parse(body); }

std::string Answer::header(std::string_view name) const
{
    for (const auto& [known, value] : headers)
        if (http::same_name(known, name)) return value;
    return {};
}

std::vector<std::string> Answer::wrong_fields() const
{
    std::vector<std::string> names;
    const auto problem = json();
    if (const auto* errors = problem.as_object().if_contains("errors"))
        for (const auto& error : errors->as_array())
            names.emplace_back(error.at("field").as_string());
    return names;
}

void RecordedStream::send(std::shared_ptr<const std::string> text)
{
    const std::lock_guard lock(mutex_);
    if (!closed_) texts_.push_back(*text);
    news_.notify_all();
}

void RecordedStream::close()
{
    std::vector<std::function<void()>> actions;
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        actions.swap(actions_);
    }
    news_.notify_all();
    for (const auto& action : actions) action();
}

void RecordedStream::on_closed(std::function<void()> action)
{
    {
        const std::lock_guard lock(mutex_);
        if (!closed_) return actions_.push_back(std::move(action));
    }
    action();
}

std::vector<std::string> RecordedStream::texts(
    std::size_t count, std::chrono::milliseconds patience) const
{
    std::unique_lock lock(mutex_);
    news_.wait_for(lock, patience, [&] { return texts_.size() >= count || closed_; });
    return texts_;
}

std::string RecordedStream::all() const
{
    const std::lock_guard lock(mutex_);
    return std::accumulate(texts_.begin(), texts_.end(), std::string());
}

bool RecordedStream::hears(std::string_view words) const
{
    const auto has_words = [&](const std::string& text) {
        return text.find(words) != std::string::npos;
    };
    std::unique_lock lock(mutex_);
    return news_.wait_for(lock, std::chrono::seconds(30),
        [&] { return std::any_of(texts_.begin(), texts_.end(), has_words); });
}

bool RecordedStream::is_closed() const
{
    const std::lock_guard lock(mutex_);
    return closed_;
}

HttpClient::HttpClient(const http::Routes& routes, http::Site site)
    : dispatcher_(routes, [&] {
        if (site.public_url.empty()) site.public_url = "https://crm.example.com";
        return std::move(site);
    }())
{
}

Answer HttpClient::get(std::string_view target, http::Headers headers)
{
    return send("GET", target, {}, std::move(headers));
}
Answer HttpClient::post(std::string_view target, const Json& body, http::Headers headers)
{
    return send("POST", target, body, std::move(headers));
}
Answer HttpClient::put(std::string_view target, const Json& body, http::Headers headers)
{
    return send("PUT", target, body, std::move(headers));
}
Answer HttpClient::patch(std::string_view target, const Json& body, http::Headers headers)
{
    return send("PATCH", target, body, std::move(headers));
}
Answer HttpClient::del(std::string_view target, http::Headers headers)
{
    return send("DELETE", target, {}, std::move(headers));
}

Answer HttpClient::send(
    std::string_view method, std::string_view target, const Json& body, http::Headers headers)
{
    http::Request request{.method = std::string(method), .target = std::string(target)};
    request.headers = std::move(headers);
    if (!body.is_null()) request.body = boost::json::serialize(body);
    return send(std::move(request));
}

Answer HttpClient::send(http::Request request)
{
    add_what_browsers_send(request);
    // Shared: the answering thread may go on in set_value while this one returns.
    auto answered = std::make_shared<std::promise<http::Response>>();
    auto answer = answered->get_future();
    try {
        auto match = dispatcher_.find(request.method, request.target);
        dispatcher_.answer(
            std::move(request), std::move(match),
            [answered](http::Response response) { answered->set_value(std::move(response)); },
            [] { return std::make_shared<RecordedStream>(); });
    } catch (const Failure&) {
        answered->set_value(http::problem(std::current_exception(), {}));
    }
    auto response = answer.get();
    keep_cookies(response.headers);
    return {response.status, response.content_type,
        response.asset.empty() ? std::move(response.body) : std::string(response.asset),
        std::move(response.headers)};
}

std::shared_ptr<RecordedStream> HttpClient::stream(
    std::string_view target, std::string_view last_event_id)
{
    http::Request request{.method = "GET", .target = std::string(target)};
    if (!last_event_id.empty())
        request.headers.emplace_back("Last-Event-ID", std::string(last_event_id));
    add_what_browsers_send(request);
    auto answered = std::make_shared<std::promise<http::Response>>();
    auto answer = answered->get_future();
    auto recorded = std::make_shared<RecordedStream>();
    auto match = dispatcher_.find(request.method, request.target);
    dispatcher_.answer(
        std::move(request), std::move(match),
        [answered](http::Response response) { answered->set_value(std::move(response)); },
        [recorded] { return recorded; });
    const auto response = answer.get();
    if (response.status != 200 || response.content_type != "text/event-stream")
        throw std::runtime_error(
            "no stream: " + std::to_string(response.status) + " " + response.body);
    return recorded;
}

void HttpClient::add_what_browsers_send(http::Request& request) const
{
    const auto query = std::min(request.target.find('?'), request.target.size());
    request.path = request.target.substr(0, query);
    request.query = request.target.substr(std::min(query + 1, request.target.size()));
    if (request.client_address.empty()) request.client_address = client_address;
    if (request.request_id.empty()) request.request_id = "test";
    const auto add = [&](const char* name, std::string value) {
        if (!value.empty() && !request.header(name))
            request.headers.emplace_back(name, std::move(value));
    };
    std::string cookie_text;
    for (const auto& [name, value] : cookies)
        cookie_text += (cookie_text.empty() ? "" : "; ") + name + "=" + value;
    add("Cookie", cookie_text);
    add("Content-Type", request.body.empty() ? "" : "application/json");
    add("Origin", request.method == "GET" ? "" : http::origin_of(dispatcher_.site().public_url));
}

void HttpClient::keep_cookies(const http::Headers& headers)
{
    for (const auto& [name, value] : headers) {
        if (!http::same_name(name, "Set-Cookie")) continue;
        const auto pair = value.substr(0, value.find(';'));
        const auto equals = std::min(pair.find('='), pair.size());
        const auto cookie = pair.substr(0, equals);
        if (value.find("Max-Age=0") != std::string::npos)
            cookies.erase(cookie);
        else
            cookies[cookie] = pair.substr(std::min(equals + 1, pair.size()));
    }
}

}  // namespace leadcrm::testing
