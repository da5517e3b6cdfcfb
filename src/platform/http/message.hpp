// A request and a response as plain data, for handlers that need the bytes themselves: webhooks,
// static files, the Graph simulator. JSON endpoints see described structs instead: routes.hpp.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leadcrm::http {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request {
    std::string method;
    std::string target;  // as sent, with the query
    std::string path;  // percent-decoded, without the query
    std::string query;  // raw
    std::map<std::string, std::string> path_values;  // {"app_id": "…"}
    Headers headers;
    std::string body;  // exactly the bytes that arrived
    std::string client_address;  // behind trusted proxies: the client's
    std::string request_id;
    bool secure = false;  // came by https, here or at the proxy

    // The first one of that name; names are compared without case.
    std::optional<std::string_view> header(std::string_view name) const;
    // The first value of a query (or form) parameter, percent-decoded.
    std::optional<std::string> query_value(std::string_view name) const;
    std::optional<std::string> cookie(std::string_view name) const;
};

// Decodes "a=1&b=x%20y" (application/x-www-form-urlencoded), in order. A "%" that is followed by no
// two digits stands for itself.
std::vector<std::pair<std::string, std::string>> parse_form(std::string_view text);

// Percent-decoding of one piece of a path. Nothing when it is badly encoded, no UTF-8 or holds
// control characters.
std::optional<std::string> decode_path(std::string_view text);

bool is_utf8(std::string_view text);

// Names of headers, compared as HTTP does: ASCII without case.
bool same_name(std::string_view a, std::string_view b);

// How an answer leaves. The product knows only `whole`; the others are for playing a server that
// fails, as the Graph simulator does (failing_answer.hpp).
enum class Sending {
    whole,
    reset,  // no answer: the connection is reset
    cut,  // the connection closes in the middle of the body
    slow  // the second half of the body comes after `pause`
};

struct Response {
    int status = 200;
    std::string content_type = "text/plain; charset=utf-8";
    std::string body;
    Headers headers;
    std::string_view asset;  // bytes that live as long as the program, or `held`; not `body`
    Sending sending = Sending::whole;
    std::chrono::milliseconds pause{0};
    std::shared_ptr<const void> held = {};  // what `asset` looks into, until it is sent
};

// Answers a request, once, from any thread. Dropping the last copy without answering is a 500.
using Respond = std::function<void(Response)>;

}  // namespace leadcrm::http
