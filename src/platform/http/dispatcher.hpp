// The way of a request from its route to its answer: who is asking, may they, is the input right,
// run the handler where it belongs, turn what it threw into a problem. Knows no sockets: the server
// (server.hpp) and the tests (platform/testing/http_client.hpp) both call it.
//
// One hop per request: on the I/O thread the input is read; on the database thread, on one snapshot
// or in one transaction, the session is looked up and the handler runs. What is wrong with the
// input is known before the database is asked, but told only to those who may call the route at
// all.
#pragma once

#include "platform/http/cpu_pool.hpp"
#include "platform/http/idempotency.hpp"
#include "platform/http/rate_limit.hpp"
#include "platform/http/router.hpp"
#include "platform/http/routes.hpp"

#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace leadcrm::http {

// What a request proves with who is asking. At most one of the two is set.
struct Credentials {
    std::string session_token;  // from the session cookie
    std::string api_key;  // from Authorization: Bearer
    std::string client_address;

    bool empty() const { return session_token.empty() && api_key.empty(); }
};

// Who was let in. For a key, `user_id` is nobody's: handlers need not know that no person asks.
struct Admitted : Caller {
    Admitted(Caller caller, std::optional<ApiKeyId> of_key = std::nullopt)
        : Caller(std::move(caller)), key(of_key)
    {
    }
    std::optional<ApiKeyId> key;
};

// Nobody when the credentials are unknown or expired. Throws Failure when there is more to say.
using Authenticator =
    std::function<std::optional<Admitted>(db::PlatformReader&, const Credentials&)>;

// Asked about everybody who was let in, before their rights: throws Failure when they may not come
// this way now. It must not wait.
using Admission = std::function<void(const Admitted& who, const Route& route)>;

// A request that changed something, opened a single thing or was support's, and was answered well.
struct Act {
    const Route& route;
    const Request& request;
    const Response& answer;  // empty when something was only read, or is not answered yet
    const Admitted& who;
};
// Called in the transaction of a `write` route, in the one of a `work` handler that asks for it
// (Call::record), and otherwise in one of its own after `work` and a read of a single thing or a
// file (opens_one, takes_file); may run more than once. An open endpoint is an act of whom it signs
// in, or of who was signed in before.
using Recorder = std::function<void(db::PlatformTx&, const Act&)>;

// A read of one lead, say, by its id: not of a list.
bool opens_one(const Route& route);
// A file of what somebody is let see, to take along.
bool takes_file(const Route& route);

// What the routes of a program run on. Without a database only raw routes and open `work` can be
// served, which is all that a metrics port or a simulator needs.
struct Site {
    db::Database* database = nullptr;
    Authenticator authenticate = {};
    Admission admit = {};
    std::string session_cookie = "leadcrm_session";
    // "https://crm.example.com": what a browser's Origin must name in a request that changes
    // something.
    std::string public_url = {};
    Recorder record = {};
    std::int64_t key_quota = 600;  // requests of one API key a minute
    int work_threads = 2;
    std::size_t work_waiting_max = 256;
};

// `routes` and the database must outlive it. Thread-safe.
class Dispatcher {
public:
    Dispatcher(const Routes& routes, Site site);
    ~Dispatcher();  // waits for the handlers that still run

    const Routes& routes() const { return routes_; }
    const Site& site() const { return site_; }

    // `target` as sent, with the query. Throws Failure::malformed.
    Router::Match find(std::string_view method, std::string_view target) const;

    using OpenStream = std::function<std::shared_ptr<EventSink>()>;
    // Answers through `respond`, now or later, on whatever thread. For a stream, `open` is called
    // first, and the answer is a 200 of type text/event-stream that goes on in the sink.
    void answer(Request request, Router::Match match, Respond respond, const OpenStream& open);

    // Whether somebody may still hear what `route` streams: asked again while a stream lasts.
    void check_again(
        const Route& route, const Credentials& credentials, std::function<void(bool)> done);
    Credentials credentials_of(const Request& request) const;

private:
    struct Exchange;
    using ExchangePointer = std::shared_ptr<Exchange>;

    void hold_key(Exchange& exchange);
    void answer_elsewhere(
        const Request& request, const Router::Match& match, const Respond& respond);
    void answer_raw(Request request, const Route& route, const Respond& respond);
    void refuse_other_sites(const Request& request, const Credentials& credentials) const;
    Admitted admitted(db::PlatformReader& db, Exchange& exchange);
    void run(const Route::Read& read, const ExchangePointer& exchange);
    void run(const Route::Write& write, const ExchangePointer& exchange);
    void run(const Route::Work& work, const ExchangePointer& exchange);
    void run(const Route::Stream& stream, const ExchangePointer& exchange);
    void record_beside(const ExchangePointer& exchange, const Admitted& who);
    void work_now(const std::function<Response(const Call&)>& prepared, Exchange& exchange);
    void keep_in_mind(db::PlatformTx& tx, const Exchange& exchange, const Admitted& who,
        bool is_recorded = false);
    std::optional<Admitted> signed_in_by(db::PlatformReader& db, const Response& answer) const;

    const Routes& routes_;
    const Site site_;
    const Router router_;
    const std::string origin_;
    RateLimit key_limit_;
    KeysAtWork keys_at_work_;
    std::unique_ptr<CpuPool> pool_;
    // Held by every exchange; gone when the last one is.
    std::promise<void> quiet_;
    std::shared_ptr<void> busy_;
};

// "https://crm.example.com" of "https://CRM.example.com:443/app/": what a browser sends as Origin.
std::string origin_of(std::string_view url);

}  // namespace leadcrm::http
