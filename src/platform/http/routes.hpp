// Endpoints, described once: a handler and its described structs give parsing, field checks, JSON
// and the OpenAPI text. Most handlers are plain functions over db::Reader or db::Tx; the server
// does the waiting. How a request fills its struct: ask.hpp. What happens to it on the way:
// dispatcher.hpp. The server itself: server.hpp.
//
//     Lead change_lead(db::Tx& tx, const Caller& caller, const ChangeLead& ask);
//
//     void add_routes(http::Routes& api)
//     {
//         api.read("GET", "/api/v1/leads", list_leads, {"List leads", Right::read_leads});
//         api.write("PATCH", "/api/v1/leads/{id}", change_lead, {"Change a lead",
//         Right::write_leads});
//     }
//
// The request struct is filled by name from the path, then the query (GET, DELETE) or the JSON body
// (POST, PUT, PATCH). A member of type IfMatch is filled from the If-Match header. Everything wrong
// with it is reported at once as 422 (400 when the body is no JSON). Members that are no
// std::optional are required, but for the lists of a query: `?stage=a,b`, or nothing.
#pragma once

#include "platform/db/database.hpp"
#include "platform/http/ask.hpp"
#include "platform/http/message.hpp"
#include "platform/http/right.hpp"
#include "platform/json/json.hpp"

#include <concepts>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace leadcrm::http {

constexpr std::size_t body_max_default = std::size_t(256) * 1024;

// Nothing to say, in either direction: 204 as an answer, no members as a request.
struct Nothing { };
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

// A JSON answer with more than 200 to say. Handlers may return plain `T` for Endpoint::success.
template <class T>
struct Answer {
    T body;
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;  // such as ETag, Set-Cookie
};

// An answer that is a file to keep instead of JSON.
struct Download {
    std::string content_type;  // "text/csv; charset=utf-8"
    std::string file_name;
    std::string text;
};

// "data" and "next_cursor", the shape of every list.
template <class T>
struct Page {
    std::vector<T> data;
    std::optional<std::string> next_cursor;
    BOOST_DESCRIBE_CLASS(Page, (), (data, next_cursor), (), ())
};

struct Endpoint {
    std::string summary;
    Right right = Right::signed_in;
    std::string description = {};
    int success = 200;  // the status the description promises
    std::vector<std::string> file_types = {"text/csv"};  // of an answer that is a file
    // Also for a caller who looks as somebody else (Caller::viewer). They change nothing, and what
    // concerns only oneself (Right::signed_in) is none of their business.
    bool while_viewing = false;
    // Shown to support (Caller::is_support) although it is only for whoever manages something. What
    // asks for read_leads, read_reports or read_sources is shown anyway, files never.
    bool for_support = false;
    // A part of the program that may be turned off: its name. See Site::admit.
    std::string feature = {};
};

// What a `work` handler sees of its request besides the struct.
struct Call {
    const Request& request;
    std::optional<Caller> who;

    // Throws Failure::signed_out when nobody is signed in.
    const Caller& caller() const;

    // Puts down who did it in the transaction that does it. What no handler puts down, the
    // dispatcher does after the handler, so that a server that dies between the two forgets who it
    // was.
    void record(db::PlatformTx& tx) const
    {
        if (recorder) recorder(tx);
    }
    std::function<void(db::PlatformTx&)> recorder = {};
};

// What else is written in the transaction of a function that has one of its own.
using Alongside = std::function<void(db::PlatformTx&)>;

// One open stream of server-sent events. Thread-safe. A client that does not read is dropped when
// more than 256 messages wait for it.
class EventSink {
public:
    virtual ~EventSink() = default;
    // The whole text of one or more events, shared between all that get the same.
    virtual void send(std::shared_ptr<const std::string> text) = 0;
    virtual void close() = 0;
    virtual void on_closed(std::function<void()> action) = 0;  // at once when closed already
};

// What a request struct and an answer look like, for the OpenAPI text.
struct Shape {
    const std::vector<AskMember>& (*members)() = nullptr;
    boost::json::value (*ask)(boost::json::object& components) = nullptr;
    boost::json::value (*answer)(boost::json::object& components) = nullptr;  // null: no JSON
    bool is_download = false;
    bool is_upload = false;
};

// One endpoint, without the types of its handler. The outer functions of `Read`, `Write` and `Work`
// read the request (they throw what is wrong with it), the inner ones do what it asks for.
struct Route {
    using Read =
        std::function<std::function<Response(db::PlatformReader&, const Caller&)>(const Request&)>;
    using Write =
        std::function<std::function<Response(db::PlatformTx&, const Caller&)>(const Request&)>;
    using Work = std::function<std::function<Response(const Call&)>(const Request&)>;
    using Raw = std::function<void(Request request, Respond respond)>;
    using Stream = std::function<void(
        const Caller& caller, std::string last_event_id, std::shared_ptr<EventSink> sink)>;

    std::string method;
    std::string path;
    Endpoint endpoint;
    std::variant<Read, Write, Work, Raw, Stream> run;
    Shape shape = {};
    std::size_t body_max = body_max_default;  // bytes

    AskSource ask_source() const;
};

// Every endpoint of the program, in order. Filled at start, read-only while serving.
class Routes {
public:
    // Handler(db::Reader&, const Caller&, const Ask&) -> T or Answer<T>, on a database thread, on
    // one snapshot. The session is looked up on the same snapshot. A handler that needs the
    // platform's own tables takes db::PlatformReader& instead.
    template <class Handler>
    void read(std::string method, std::string path, Handler handler, Endpoint endpoint);

    // Handler(db::Tx&, const Caller&, const Ask&) (or db::PlatformTx&), in one write transaction;
    // may run more than once. The answer is sent after the commit.
    template <class Handler>
    void write(std::string method, std::string path, Handler handler, Endpoint endpoint);

    // Handler(const Call&, const Ask&), on the CPU pool, free to block on db::Database: for
    // password hashing and whatever is neither one read nor one write. One that answers with a
    // whole Response sends a file.
    template <class Handler>
    void work(std::string method, std::string path, Handler handler, Endpoint endpoint);

    // Handler(const Call&), as `work`, for a body that is a file: nothing of the request is read,
    // the handler takes Call::request.body. `body_max` in bytes.
    template <class Handler>
    void upload(std::string path, Handler handler, Endpoint endpoint, std::size_t body_max);

    // On an I/O thread: must not block; `respond` may be called later from anywhere. For everybody:
    // who is allowed is the handler's own business (a signature, say). `body_max` in bytes.
    using RawHandler = Route::Raw;
    void raw(std::string method, std::string path, RawHandler handler, Endpoint endpoint,
        std::size_t body_max = body_max_default);

    // `last_event_id` is empty on a first connection. On a database thread after the session check.
    using StreamHandler = Route::Stream;
    void stream(std::string path, StreamHandler handler, Endpoint endpoint);

    // What answers GET for a path that no endpoint has: static files.
    void otherwise(RawHandler handler);

    const std::deque<Route>& all() const { return routes_; }
    const RawHandler& fallback() const { return fallback_; }

private:
    void add(Route route);

    std::deque<Route> routes_;  // a deque: they stay where they are
    RawHandler fallback_;
};

// ---- how a handler becomes a Route
// ---------------------------------------------------------------

namespace detail {

template <class Handler>
struct Signature : Signature<decltype(&Handler::operator())> {
};
template <class R, class... A>
struct Signature<R (*)(A...)> {
    using Result = R;
    using Parameters = std::tuple<std::remove_cvref_t<A>...>;
};
template <class C, class R, class... A>
struct Signature<R (C::*)(A...) const> : Signature<R (*)(A...)> {
};

template <class Handler>
using ResultOf = typename Signature<Handler>::Result;
// The request struct is the last parameter, the session (or the Call) the first.
template <class Handler>
using AskOf = std::tuple_element_t<std::tuple_size_v<typename Signature<Handler>::Parameters> - 1,
    typename Signature<Handler>::Parameters>;
template <class Handler>
using SessionOf = std::tuple_element_t<0, typename Signature<Handler>::Parameters>;

template <class T>
struct AnswerBody {
    using Type = T;
};
template <class T>
struct AnswerBody<Answer<T>> {
    using Type = T;
};

Response no_content(Headers headers);
Response json_response(int status, std::string text, Headers headers);
Response download_response(int status, const Download& download, Headers headers);

template <class T>
Response response_of(const T& body, int status, Headers headers = {})
{
    if constexpr (std::same_as<T, Nothing>)
        return no_content(std::move(headers));
    else if constexpr (std::same_as<T, Download>)
        return download_response(status, body, std::move(headers));
    else if constexpr (std::same_as<T, Response>)
        return body;
    else
        return json_response(status, json::text_of(body), std::move(headers));
}
template <class T>
Response response_of(Answer<T>&& answer, int)
{
    return response_of(answer.body, answer.status, std::move(answer.headers));
}

template <class Handler>
Shape shape_of()
{
    using Body = typename AnswerBody<ResultOf<Handler>>::Type;
    Shape shape{&ask_members<AskOf<Handler>>, &json::schema_of<AskOf<Handler>>};
    shape.is_download = std::same_as<Body, Download> || std::same_as<Body, Response>;
    if constexpr (!std::same_as<Body,
                      Nothing> && !std::same_as<Body, Download> && !std::same_as<Body, Response>)
        shape.answer = &json::schema_of<Body>;
    return shape;
}

AskSource ask_source(std::string_view method);

// The two steps of Route::Read and Route::Write: read the request, then run the handler in its
// organization (or on the platform's tables, if that is what it takes).
template <class Platform, class Session, class Handler>
auto in_session(Handler handler, AskSource source, int success)
{
    using Ask = AskOf<Handler>;
    auto shared = std::make_shared<const Handler>(std::move(handler));
    return [=](const Request& request) -> std::function<Response(Platform&, const Caller&)> {
        auto ask = std::make_shared<const Ask>(read_ask<Ask>(request, source));
        return [=](Platform& db, const Caller& caller) {
            if constexpr (std::same_as<SessionOf<Handler>, Platform>) {
                return response_of((*shared)(db, caller, *ask), success);
            } else {
                Session session = db.in_organization(caller.organization_id);
                return response_of((*shared)(session, caller, *ask), success);
            }
        };
    };
}

}  // namespace detail

template <class Handler>
void Routes::read(std::string method, std::string path, Handler handler, Endpoint endpoint)
{
    Route::Read run = detail::in_session<db::PlatformReader, db::Reader>(
        std::move(handler), detail::ask_source(method), endpoint.success);
    add({std::move(method), std::move(path), std::move(endpoint), std::move(run),
        detail::shape_of<Handler>()});
}

template <class Handler>
void Routes::write(std::string method, std::string path, Handler handler, Endpoint endpoint)
{
    Route::Write run = detail::in_session<db::PlatformTx, db::Tx>(
        std::move(handler), detail::ask_source(method), endpoint.success);
    add({std::move(method), std::move(path), std::move(endpoint), std::move(run),
        detail::shape_of<Handler>()});
}

template <class Handler>
void Routes::work(std::string method, std::string path, Handler handler, Endpoint endpoint)
{
    using Ask = detail::AskOf<Handler>;
    const auto source = detail::ask_source(method);
    const int success = endpoint.success;
    auto shared = std::make_shared<const Handler>(std::move(handler));
    Route::Work run = [=](const Request& request) -> std::function<Response(const Call&)> {
        auto ask = std::make_shared<const Ask>(read_ask<Ask>(request, source));
        return
            [=](const Call& call) { return detail::response_of((*shared)(call, *ask), success); };
    };
    add({std::move(method), std::move(path), std::move(endpoint), std::move(run),
        detail::shape_of<Handler>()});
}

template <class Handler>
void Routes::upload(std::string path, Handler handler, Endpoint endpoint, std::size_t body_max)
{
    const int success = endpoint.success;
    auto shared = std::make_shared<const Handler>(std::move(handler));
    Route::Work run = [=](const Request&) -> std::function<Response(const Call&)> {
        return [=](const Call& call) { return detail::response_of((*shared)(call), success); };
    };
    using Body = typename detail::AnswerBody<detail::ResultOf<Handler>>::Type;
    Shape shape{&ask_members<Nothing>, &json::schema_of<Nothing>, &json::schema_of<Body>};
    shape.is_upload = true;
    add({"POST", std::move(path), std::move(endpoint), std::move(run), shape, body_max});
}

}  // namespace leadcrm::http
