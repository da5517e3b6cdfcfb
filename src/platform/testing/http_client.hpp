// A browser for tests, without sockets: requests go through the whole pipeline (routes, session,
// rights, origin, input, transaction) and come back as they would over HTTP. Keeps cookies.
//
//     testing::HttpClient browser(routes, {.database = &database, .authenticate = …});
//     browser.post("/api/v1/auth/login", {{"email", "ana@example.com"}, {"password", "…"}});
//     CHECK(browser.get("/api/v1/leads").json().at("data").as_array().empty());
#pragma once

#include "platform/http/dispatcher.hpp"

#include <boost/json/value.hpp>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::testing {

struct Answer {
    int status = 0;
    std::string content_type;
    std::string body;
    http::Headers headers;

    // Throws when the body is no JSON.
    boost::json::value json() const;
    std::string header(std::string_view name) const;  // empty when there is none
    // The names of the fields that a 422 complains about, in order.
    std::vector<std::string> wrong_fields() const;
};

// The far end of a stream: everything that was sent to it.
class RecordedStream : public http::EventSink {
public:
    void send(std::shared_ptr<const std::string> text) override;
    void close() override;
    void on_closed(std::function<void()> action) override;

    // The texts so far, once there are `count` or after `patience`.
    std::vector<std::string> texts(
        std::size_t count, std::chrono::milliseconds patience = std::chrono::seconds(10)) const;
    // Everything so far.
    std::string all() const;
    // Whether this is told, by now or within half a minute.
    bool hears(std::string_view words) const;
    bool is_closed() const;

private:
    mutable std::mutex mutex_;
    mutable std::condition_variable news_;
    std::vector<std::string> texts_;
    std::vector<std::function<void()>> actions_;
    bool closed_ = false;
};

class HttpClient {
public:
    HttpClient(const http::Routes& routes, http::Site site);

    using Json = boost::json::value;
    Answer get(std::string_view target, http::Headers headers = {});
    Answer post(std::string_view target, const Json& body = {}, http::Headers headers = {});
    Answer put(std::string_view target, const Json& body, http::Headers headers = {});
    Answer patch(std::string_view target, const Json& body, http::Headers headers = {});
    Answer del(std::string_view target, http::Headers headers = {});
    // Any request: `target` decides path and query; cookies, an Origin of this site and the type of
    // a JSON body are added where they are missing. Waits for the answer.
    Answer send(http::Request request);

    // Throws when the stream is refused. Closed when the last pointer to it and the server's are
    // gone.
    std::shared_ptr<RecordedStream> stream(
        std::string_view target, std::string_view last_event_id = {});

    std::map<std::string, std::string> cookies;
    std::string client_address = "192.0.2.1";

private:
    Answer send(
        std::string_view method, std::string_view target, const Json& body, http::Headers headers);
    void add_what_browsers_send(http::Request& request) const;
    void keep_cookies(const http::Headers& headers);

    http::Dispatcher dispatcher_;
};

}  // namespace leadcrm::testing
