// Endpoints, described once: a handler and its described structs give parsing, field checks, JSON
// and the OpenAPI text. Most handlers are plain functions over db::Reader or db::Tx; the server
// does the waiting. The server itself: server.hpp.
//
//     Lead change_lead(db::Tx& tx, const Caller& caller, const ChangeLead& ask);
//
//     void add_routes(http::Routes& api)
//     {
//         api.read("GET", "/api/v1/leads", list_leads, {"List leads", Right::read_leads});
//         api.write("PATCH", "/api/v1/leads/{id}", change_lead, {"Change a lead", Right::write_leads});
//     }
//
// The request struct is filled by name from the path, then the query (GET, DELETE) or the JSON body
// (POST, PUT, PATCH). A member of type IfMatch is filled from the If-Match header. Everything wrong
// with it is reported at once as 422 (400 when the body is no JSON).
#pragma once

#include "platform/db/database.hpp"
#include "platform/http/message.hpp"
#include "platform/http/right.hpp"
#include "platform/json/json.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leadcrm::http {

// The version an If-Match header names: `"7"` -> 7; required where a request struct has it (428).
struct IfMatch {
    std::int64_t version = 0;
};

// Nothing to say, in either direction: 204 as an answer, no members as a request.
struct Nothing { };
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

// A JSON answer with more than 200 to say. Handlers may return plain `T` for 200.
template <class T>
struct Answer {
    T body;
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;  // such as ETag, Set-Cookie
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
};

// What a `work` handler sees of its request besides the struct.
struct Call {
    const Request& request;
    std::optional<Caller> who;

    // Throws Failure::signed_out when nobody is signed in.
    const Caller& caller() const;
};

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

// Every endpoint of the program, in order. Filled at start, read-only while serving.
class Routes {
public:
    // Handler(db::Reader&, const Caller&, const Ask&) -> T or Answer<T>, on a database thread, on
    // one snapshot. The session is looked up on the same snapshot.
    template <class Handler>
    void read(std::string method, std::string path, Handler handler, Endpoint endpoint);

    // Handler(db::Tx&, const Caller&, const Ask&), in one write transaction; may run more than
    // once. The answer is sent after the commit.
    template <class Handler>
    void write(std::string method, std::string path, Handler handler, Endpoint endpoint);

    // Handler(const Call&, const Ask&), on the CPU pool, free to block on db::Database: for
    // password hashing and whatever is neither one read nor one write.
    template <class Handler>
    void work(std::string method, std::string path, Handler handler, Endpoint endpoint);

    // On an I/O thread: must not block; `respond` may be called later from anywhere.
    // `body_max` in bytes.
    using RawHandler = std::function<void(Request request, Respond respond)>;
    void raw(std::string method, std::string path, RawHandler handler, Endpoint endpoint,
        std::size_t body_max = 256 * 1024);

    // `last_event_id` is empty on a first connection. On a database thread after the session check.
    using StreamHandler = std::function<void(
        const Caller& caller, std::string last_event_id, std::shared_ptr<EventSink> sink)>;
    void stream(std::string path, StreamHandler handler, Endpoint endpoint);
};

}  // namespace leadcrm::http
