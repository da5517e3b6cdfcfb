// A connection reads a request, has it answered, writes the answer, and begins again: one
// coroutine, one request at a time. So pipelined requests are answered in order, and nothing more
// is read from a client than it is owed answers for.
//
// A stream of events begins like a request and never ends: the coroutine then only waits for the
// client to go away, holding no buffers, while the EventWriter writes what has been sent.
#include "platform/http/connection.hpp"

#include "platform/http/channel.hpp"
#include "platform/http/event_stream.hpp"
#include "platform/http/event_writer.hpp"
#include "platform/http/failing_answer.hpp"
#include "platform/http/pending_answer.hpp"
#include "platform/http/problem.hpp"
#include "platform/http/request_parser.hpp"
#include "platform/http/wire.hpp"
#include "platform/log/log.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace leadcrm::http {

namespace asio = boost::asio;

namespace {

constexpr std::size_t head_read = 4096;  // a browser's request fits
constexpr std::size_t body_read = std::size_t(16) * 1024;
// Larger bodies are sent from where they are instead of being copied behind their head.
constexpr std::size_t copied_body_max = std::size_t(16) * 1024;
constexpr std::size_t lingering_max = std::size_t(256) * 1024;
constexpr std::chrono::milliseconds lingering_time{2'000};
constexpr std::string_view nothing;

std::string_view why_refused(int status)
{
    switch (status) {
    case 408:
        return "The request did not arrive in time.";
    case 413:
        return "This is more than this address takes.";
    case 431:
        return "The header of this request is too long.";
    default:
        return "This is not a request that can be understood.";
    }
}

template <class Stream>
class Connection final : public LoopMember {
public:
    Connection(std::shared_ptr<Loop> loop, Stream stream, std::shared_ptr<ServerParts> parts)
        : loop_(std::move(loop))
        , channel_(std::move(stream))
        , parts_(std::move(parts))
        , answer_(loop_)
    {
        ++Figures::connections;
    }
    ~Connection() override { --Figures::connections; }

    // `self` keeps the connection until its last byte is written.
    Awaitable<void> run(std::shared_ptr<LoopMember> self)
    {
        loop_->join(*this);
        try {
            peer_ = channel_.peer_address();
            channel_.wait_at_most(parts_->limits.header_time);
            bool goes_on = co_await channel_.shake_hands();
            while (goes_on) {
                goes_on = co_await serve_one();
                hold(0);
            }
        } catch (const std::exception& error) {
            log::error("connection failed", {{"reason", error.what()}});
        }
        channel_.close();
        loop_->leave(*this);
        self.reset();
    }

    void look_at_clock(Clock::time_point now) override
    {
        if (phase_ == Phase::streaming) look_after_stream(now);
        if (now < channel_.deadline) return;
        channel_.deadline = channel_.never;
        // A client that has begun to speak is told why; a TLS connection is past speaking then.
        is_late_ = phase_ == Phase::reading && !channel_.is_tls;
        is_late_ ? channel_.cancel() : channel_.close();
    }

    void drain() override
    {
        if (events_) events_->close();
        if (phase_ == Phase::idle) channel_.close();
    }

    void close() override { channel_.close(); }

    void flush() override
    {
        if (writer_) writer_->flush(shared_from_this());
    }

private:
    enum class Phase { idle, reading, answering, writing, streaming };

    // What is needed of a request after its handler has taken it.
    struct Current {
        std::string request_id;
        std::string method;  // this and the next two for the log
        std::string path;
        std::string client_address;
        const Route* route = nullptr;
        Credentials credentials;  // of a stream, to ask again
        Clock::time_point begun;
        bool secure = false;
        bool head_only = false;
        bool keep_alive = true;
    };

    // What reading a request ends with: 0, a status to refuse it with, or nobody to tell it to.
    static constexpr int gone = -1;

    // False when the connection is to be closed.
    Awaitable<bool> serve_one()
    {
        RequestParser parser;
        Request request;
        std::size_t body_max = 0;
        int refused = co_await read_head(parser, request);
        if (refused == 0) refused = find_route(parser, request, body_max);
        if (refused == 0 && !parser.is_done())
            refused = co_await read_body(parser, request, body_max);
        if (refused == gone) co_return false;
        if (refused != 0) {
            co_await refuse(refused);
            co_return false;
        }

        phase_ = Phase::answering;
        channel_.deadline = channel_.never;
        current_.begun = Clock::now();
        loop_->enter(current_.route ? &current_.route->path : nullptr);
        hand_over(std::move(request));
        loop_->enter(nullptr);
        if (!answer_.is_here()) co_await answer_.arrive();
        if (is_stream()) {
            co_await stream_events();
            co_return false;
        }
        if (!co_await write_answer()) co_return false;
        if (current_.keep_alive) co_return true;
        co_await channel_.linger(lingering_time, lingering_max);
        co_return false;
    }

    // ---- reading --------------------------------------------------------------------------------

    Awaitable<int> read_head(RequestParser& parser, Request& request)
    {
        HeadScanner scanner;
        phase_ = Phase::idle;
        if (loop_->is_draining() && channel_.unread().empty()) co_return gone;
        channel_.wait_at_most(parts_->limits.idle_time);
        for (;;) {
            if (phase_ == Phase::idle && !channel_.unread().empty()) {
                phase_ = Phase::reading;
                current_ = {.request_id = make_request_id()};
                channel_.wait_at_most(parts_->limits.header_time);
            }
            const auto found = scanner.look_at(channel_.unread());
            if (found == HeadScanner::Found::bad_line) co_return 400;
            if (found == HeadScanner::Found::end) break;
            if (channel_.unread().size() >= parts_->limits.header_max) co_return 431;
            if (!co_await channel_.read_some(head_read)) co_return is_late_ ? 408 : gone;
        }
        if (scanner.size() > parts_->limits.header_max) co_return 431;
        const auto trouble = parser.head(channel_.unread().substr(0, scanner.size()), request);
        channel_.consume(scanner.size());
        co_return trouble == RequestParser::Trouble::none ? 0 : 400;
    }

    int find_route(const RequestParser& parser, Request& request, std::size_t& body_max)
    {
        parts_->proxies.tell_client(request, peer_, channel_.is_tls);
        request.request_id = current_.request_id;
        current_.secure = request.secure;
        current_.head_only = request.method == "HEAD";
        current_.keep_alive = parser.keeps_alive();
        if (log::enabled(log::Level::debug)) {
            current_.method = request.method;
            current_.path = request.path;
            current_.client_address = request.client_address;
        }
        try {
            match_ = parts_->dispatcher.find(request.method, request.target);
        } catch (const Failure&) {
            return 400;
        }
        current_.route = match_.route;
        body_max = match_.route ? match_.route->body_max : body_max_default;
        return 0;
    }

    Awaitable<int> read_body(RequestParser& parser, const Request& request, std::size_t body_max)
    {
        if (parser.promised_body().value_or(0) > body_max) co_return 413;
        if (parser.expects_continue() && channel_.unread().empty()) {
            constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
            if (!co_await channel_.send(go_on, nothing, parts_->limits.write_time)) co_return gone;
        }
        channel_.wait_at_most(parts_->limits.body_time);
        for (;;) {
            std::size_t taken = 0;
            const auto trouble = parser.body(channel_.unread(), body_max, taken);
            channel_.consume(taken);
            if (trouble == RequestParser::Trouble::too_large) co_return 413;
            if (trouble == RequestParser::Trouble::malformed) co_return 400;
            if (!hold(request.body.size())) co_return 503;
            if (parser.is_done()) co_return 0;
            // The head of a chunk, or trailers, that never end.
            if (channel_.unread().size() >= body_read) co_return 400;
            if (!co_await channel_.read_some(body_read)) co_return is_late_ ? 408 : gone;
        }
    }

    // Counts this connection's body among all that are held. False when that is too much together.
    bool hold(std::size_t bytes)
    {
        const auto more = bytes - held_;
        held_ = bytes;
        return (parts_->body_bytes += more) <= parts_->limits.bodies_max;
    }

    // ---- answering ------------------------------------------------------------------------------

    void hand_over(Request request)
    {
        if (current_.route && std::holds_alternative<Route::Stream>(current_.route->run))
            current_.credentials = parts_->dispatcher.credentials_of(request);
        // What a handler may keep keeps the connection.
        const std::shared_ptr<PendingAnswer> pending(shared_from_this(), &answer_);
        parts_->dispatcher.answer(std::move(request), std::move(match_),
            PendingAnswer::promise(pending, current_.request_id), [this] {
                events_ = std::make_shared<EventStream>(
                    loop_, weak_from_this(), parts_->limits.events_waiting_max);
                return events_;
            });
    }

    Asked asked() const
    {
        return {current_.request_id, loop_->date(), current_.keep_alive, current_.head_only,
            current_.secure};
    }

    void account_for(int status) const
    {
        const std::chrono::duration<double> took = Clock::now() - current_.begun;
        parts_->figures.count(current_.route, status, took.count());
        if (!log::enabled(log::Level::debug)) return;
        log::debug("request",
            {{"request_id", current_.request_id}, {"method", current_.method},
                {"path", current_.path}, {"status", std::to_string(status)},
                {"ms", std::to_string(took.count() * 1000)},
                {"client", log::masked(current_.client_address)}});
    }

    Awaitable<bool> write_answer()
    {
        phase_ = Phase::writing;
        const auto response = std::move(answer_.response);
        account_for(response.status);
        if (loop_->is_draining()) current_.keep_alive = false;
        out_.clear();
        append_head(out_, response, asked());
        auto rest = current_.head_only ? nothing : content(response);
        if (response.sending != Sending::whole)
            co_return co_await send_failing(
                channel_, out_.append(rest), rest.size(), response.sending, response.pause);
        if (rest.size() <= copied_body_max) {
            out_ += rest;
            rest = nothing;
        }
        co_return co_await channel_.send(out_, rest, parts_->limits.write_time);
    }

    // Answers a request that was not read to its end, and closes.
    Awaitable<void> refuse(int status)
    {
        if (current_.request_id.empty()) current_.request_id = make_request_id();
        hold(0);
        current_.begun = Clock::now();
        current_.keep_alive = false;
        answer_.response = problem(status, why_refused(status), current_.request_id);
        if (status == 503) answer_.response.headers.emplace_back("Retry-After", "2");
        const bool is_sent = co_await write_answer();
        if (is_sent) co_await channel_.linger(lingering_time, lingering_max);
    }

    // ---- streaming ------------------------------------------------------------------------------

    bool is_stream() const
    {
        return events_ && answer_.response.status == 200
            && answer_.response.content_type == "text/event-stream";
    }

    Awaitable<void> stream_events()
    {
        phase_ = Phase::writing;
        account_for(200);
        out_.clear();
        append_stream_head(out_, asked());
        const bool is_sent = co_await channel_.send(out_, nothing, parts_->limits.write_time);
        if (is_sent) {
            begin_stream();
            co_await channel_.until_gone();
            --Figures::streams;
        }
        events_->end();
    }

    void begin_stream()
    {
        out_ = {};
        check_again_at_ = Clock::now() + parts_->limits.stream_check;
        writer_.emplace(channel_.stream(), events_, parts_->limits);
        channel_.deadline = channel_.never;
        phase_ = Phase::streaming;
        ++Figures::streams;
        flush();
    }

    void look_after_stream(Clock::time_point now)
    {
        writer_->look_at_clock(now, *this);
        if (now < check_again_at_) return;
        check_again_at_ = now + parts_->limits.stream_check;
        try {
            parts_->dispatcher.check_again(
                *current_.route, current_.credentials, [events = events_](bool may_hear) {
                    if (!may_hear) events->close();
                });
        } catch (const Failure&) {
            // The database is busy. The next time will do.
        }
    }

    const std::shared_ptr<Loop> loop_;
    Channel<Stream> channel_;
    const std::shared_ptr<ServerParts> parts_;
    std::string peer_;
    Phase phase_ = Phase::idle;
    bool is_late_ = false;
    std::size_t held_ = 0;

    Current current_;
    Router::Match match_;
    PendingAnswer answer_;
    std::string out_;

    std::shared_ptr<EventStream> events_;
    std::optional<EventWriter<Stream>> writer_;
    Clock::time_point check_again_at_;
};

template <class Stream>
void start(std::shared_ptr<Loop> loop, Stream stream, std::shared_ptr<ServerParts> parts)
{
    const auto executor = loop->context().get_executor();
    auto connection =
        std::make_shared<Connection<Stream>>(std::move(loop), std::move(stream), std::move(parts));
    auto& started = *connection;
    asio::co_spawn(executor, started.run(std::move(connection)), asio::detached);
}

}  // namespace

void serve(std::shared_ptr<Loop> loop, Socket socket, std::shared_ptr<ServerParts> parts)
{
    boost::system::error_code ignored;
    socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    socket.non_blocking(true, ignored);
    if (parts->tls) {
        TlsStream stream(std::move(socket), *parts->tls);
        start(std::move(loop), std::move(stream), std::move(parts));
    } else {
        start(std::move(loop), std::move(socket), std::move(parts));
    }
}

}  // namespace leadcrm::http
