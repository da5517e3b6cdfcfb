// A connection reads a request, has it answered, writes the answer, and begins again: one
// coroutine, one request at a time. So pipelined requests are answered in order, and nothing more
// is read from a client than it is owed answers for.
//
// Every wait has a deadline. There is no timer for it: `deadline_` is a point in time that the
// loop's clock compares (loop.hpp), so a request that is served in 20 µs sets a few words in memory
// and no timers.
//
// A stream of events begins like a request and never ends: the coroutine then only waits for the
// client to go away, holding no buffers, while flush() writes what has been sent
// (event_stream.hpp).
#include "platform/http/connection.hpp"

#include "platform/http/event_stream.hpp"
#include "platform/http/problem.hpp"
#include "platform/http/request_parser.hpp"
#include "platform/http/wire.hpp"
#include "platform/log/log.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include <array>
#include <random>
#include <type_traits>

namespace leadcrm::http {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

template <class T>
using Awaitable = asio::awaitable<T, Executor>;
using Await = asio::use_awaitable_t<Executor>;
constexpr Await await;
using TlsStream = asio::ssl::stream<Socket>;

constexpr std::size_t head_read = 4096;  // a browser's request fits
constexpr std::size_t body_read = std::size_t(16) * 1024;
constexpr std::size_t copied_body_max =
    std::size_t(16) * 1024;  // larger ones are sent from where they are
constexpr std::size_t kept_buffer_max = std::size_t(64) * 1024;
constexpr std::size_t lingering_max = std::size_t(256) * 1024;
constexpr std::chrono::milliseconds lingering_time{2'000};
constexpr auto never = Clock::time_point::max();

// 75 random bits: enough to find one request in a log. Short enough not to be allocated.
std::string make_request_id()
{
    thread_local std::mt19937_64 random{std::random_device{}()};
    constexpr std::string_view letters = "0123456789abcdefghjkmnpqrstvwxyz";
    std::string id(15, ' ');
    auto bits = random();
    for (std::size_t i = 0; i < id.size(); ++i) {
        if (i == 12) bits = random();
        id[i] = letters[bits & 31];
        bits >>= 5;
    }
    return id;
}

// One heartbeat for all streams.
const EventStream::Text& heartbeat_text()
{
    static const auto text = std::make_shared<const std::string>(":\n\n");
    return text;
}

template <class Stream>
class Connection final : public LoopMember {
public:
    static constexpr bool is_tls = std::is_same_v<Stream, TlsStream>;

    Connection(std::shared_ptr<Loop> loop, Stream stream, std::shared_ptr<ServerParts> parts)
        : loop_(std::move(loop)), stream_(std::move(stream)), parts_(std::move(parts))
    {
        ++Figures::connections;
    }
    ~Connection() override { --Figures::connections; }

    // Keeps itself alive until the last byte is written.
    Awaitable<void> run(std::shared_ptr<LoopMember> self)
    {
        loop_->join(*this);
        try {
            co_await serve_all();
        } catch (const std::exception& error) {
            log::error("connection failed", {{"reason", error.what()}});
        }
        close();
        loop_->leave(*this);
        self.reset();
    }

    // From any thread, once for each request.
    void answer(Response&& response)
    {
        answer_ = std::move(response);
        if (answered_.exchange(Answered::yes) != Answered::awaited) return;
        const auto loop = loop_;  // outlives this connection, which may end in the next lines
        asio::post(loop->context(), std::move(*waiting_));
        loop->finish_if_over();
    }

    void look_at_clock(Clock::time_point now) override
    {
        if (phase_ == Phase::streaming) look_after_stream(now);
        if (now < deadline_) return;
        deadline_ = never;
        // A client that has begun to speak is told why; a TLS connection is past speaking then.
        if (phase_ == Phase::reading && !is_tls) {
            is_late_ = true;
            error_code ignored;
            socket().cancel(ignored);
        } else {
            close();
        }
    }

    void drain() override
    {
        if (sink_) sink_->close();
        if (phase_ == Phase::idle) close();
    }

    void close() override
    {
        error_code ignored;
        socket().close(ignored);
    }

    void flush() override
    {
        if (phase_ != Phase::streaming) return;
        if (is_writing_) {
            if (sink_->is_over()) close();
            return;
        }
        const auto state = sink_->take(batch_);
        if (batch_.empty()) {
            if (state != EventStream::State::open) close();
            return;
        }
        write_batch();
    }

private:
    enum class Phase { idle, reading, answering, writing, streaming };
    enum class Answered { no, awaited, yes };
    using Waiting = typename asio::async_result<Await, void()>::handler_type;

    // What is needed of a request after its handler has taken it.
    struct Current {
        std::string request_id;
        std::string method;
        std::string path;  // for the log
        std::string client_address;
        const Route* route = nullptr;
        Credentials credentials;  // of a stream, to ask again
        Clock::time_point begun;
        bool secure = false;
        bool head_only = false;
        bool keep_alive = true;
    };

    // The promise behind a Respond: when the last copy goes without an answer, it answers itself.
    class Responder {
    public:
        explicit Responder(std::shared_ptr<Connection> connection)
            : connection_(std::move(connection))
        {
        }
        Responder(const Responder&) = delete;
        ~Responder()
        {
            if (!connection_) return;
            log::error(
                "request was not answered", {{"request_id", connection_->current_.request_id}});
            connection_->answer(problem(500, "Something went wrong on our side. Please try again.",
                connection_->current_.request_id));
        }
        void answer(Response&& response)
        {
            // The first one wins, whichever thread it comes from.
            if (!is_taken_.exchange(true))
                std::exchange(connection_, nullptr)->answer(std::move(response));
        }

    private:
        std::shared_ptr<Connection> connection_;
        std::atomic<bool> is_taken_ = false;
    };

    std::shared_ptr<Connection> shared()
    {
        return std::static_pointer_cast<Connection>(shared_from_this());
    }

    Socket& socket()
    {
        if constexpr (is_tls)
            return stream_.next_layer();
        else
            return stream_;
    }

    std::string_view unread() const
    {
        const auto bytes = in_.cdata();
        return {static_cast<const char*>(bytes.data()), bytes.size()};
    }

    Awaitable<void> serve_all()
    {
        error_code error;
        const auto peer = socket().remote_endpoint(error).address();
        if (error) co_return;
        peer_ = peer.is_v6() && peer.to_v6().is_v4_mapped()
            ? asio::ip::make_address_v4(asio::ip::v4_mapped, peer.to_v6()).to_string()
            : peer.to_string();
        if constexpr (is_tls) {
            deadline_ = Clock::now() + parts_->limits.header_time;
            co_await stream_.async_handshake(
                asio::ssl::stream_base::server, asio::redirect_error(await, error));
            if (error) co_return;
        }
        while (co_await serve_one()) { }
    }

    // False when the connection is to be closed.
    Awaitable<bool> serve_one()
    {
        RequestParser parser;
        Request request;
        std::size_t body_max = 0;
        int refused = co_await read_head(parser, request);
        if (refused == 0) {
            begin(parser, request);
            refused = find_route(request, body_max);
        }
        if (refused == 0 && !parser.is_done()) refused = co_await read_body(parser, body_max);
        if (refused == gone) co_return false;
        if (refused != 0) {
            co_await refuse(refused);
            co_return false;
        }
        phase_ = Phase::answering;
        deadline_ = never;
        current_.begun = Clock::now();
        hand_over(std::move(request));
        if (answered_ != Answered::yes) co_await until_answered();
        if (sink_ && answer_.status == 200 && answer_.content_type == "text/event-stream") {
            co_await stream_events();
            co_return false;
        }
        const bool is_sent = co_await write_answer();
        if (is_sent && !current_.keep_alive) co_await linger();
        co_return is_sent&& current_.keep_alive;
    }

    // ---- reading --------------------------------------------------------------------------------

    // What reading ends with: 0, a status to refuse the request with, or nobody to tell it to.
    static constexpr int gone = -1;

    Awaitable<bool> read_some(std::size_t most)
    {
        error_code error;
        const auto room = in_.prepare(most);
        const auto count =
            co_await stream_.async_read_some(room, asio::redirect_error(await, error));
        in_.commit(count);
        co_return !error;
    }

    Awaitable<int> read_head(RequestParser& parser, Request& request)
    {
        HeadScanner scanner;
        phase_ = Phase::idle;
        if (loop_->is_draining() && in_.size() == 0) co_return gone;
        deadline_ = Clock::now() + parts_->limits.idle_time;
        for (;;) {
            if (in_.size() > 0 && phase_ == Phase::idle) {
                phase_ = Phase::reading;
                current_ = {.request_id = make_request_id()};
                deadline_ = Clock::now() + parts_->limits.header_time;
            }
            const auto found = scanner.look_at(unread());
            if (found == HeadScanner::Found::bad_line) co_return 400;
            if (found == HeadScanner::Found::end) break;
            if (in_.size() >= parts_->limits.header_max) co_return 431;
            if (!co_await read_some(head_read)) co_return is_late_ ? 408 : gone;
        }
        if (scanner.size() > parts_->limits.header_max) co_return 431;
        const auto trouble = parser.head(unread().substr(0, scanner.size()), request);
        in_.consume(scanner.size());
        co_return trouble == RequestParser::Trouble::none ? 0 : 400;
    }

    void begin(const RequestParser& parser, Request& request)
    {
        parts_->proxies.tell_client(request, peer_, is_tls);
        request.request_id = current_.request_id;
        current_.secure = request.secure;
        current_.head_only = request.method == "HEAD";
        current_.keep_alive = parser.keeps_alive();
        if (log::enabled(log::Level::debug)) {
            current_.method = request.method;
            current_.path = request.path;
            current_.client_address = request.client_address;
        }
    }

    int find_route(const Request& request, std::size_t& body_max)
    {
        try {
            match_ = parts_->dispatcher.find(request.method, request.target);
        } catch (const Failure&) {
            return 400;
        }
        current_.route = match_.route;
        body_max = match_.route ? match_.route->body_max : body_max_default;
        return 0;
    }

    Awaitable<int> read_body(RequestParser& parser, std::size_t body_max)
    {
        if (parser.promised_body().value_or(0) > body_max) co_return 413;
        deadline_ = Clock::now() + parts_->limits.body_time;
        if (parser.expects_continue() && in_.size() == 0) {
            out_ = "HTTP/1.1 100 Continue\r\n\r\n";
            if (!co_await send({})) co_return gone;
            phase_ = Phase::reading;
            deadline_ = Clock::now() + parts_->limits.body_time;
        }
        for (;;) {
            std::size_t taken = 0;
            const auto trouble = parser.body(unread(), body_max, taken);
            in_.consume(taken);
            if (trouble == RequestParser::Trouble::too_large) co_return 413;
            if (trouble == RequestParser::Trouble::malformed) co_return 400;
            if (parser.is_done()) co_return 0;
            // The head of a chunk, or trailers, that never end.
            if (in_.size() >= body_read) co_return 400;
            if (!co_await read_some(body_read)) co_return is_late_ ? 408 : gone;
        }
    }

    // ---- answering ------------------------------------------------------------------------------

    void hand_over(Request request)
    {
        answered_ = Answered::no;
        sink_.reset();
        if (current_.route && std::holds_alternative<Route::Stream>(current_.route->run))
            current_.credentials = parts_->dispatcher.credentials_of(request);
        auto responder = std::make_shared<Responder>(shared());
        parts_->dispatcher.answer(
            std::move(request), std::move(match_),
            [responder = std::move(responder)](
                Response response) { responder->answer(std::move(response)); },
            [this] {
                sink_ = std::make_shared<EventStream>(
                    loop_, weak_from_this(), parts_->limits.events_waiting_max);
                return sink_;
            });
    }

    Awaitable<void> until_answered()
    {
        auto wait = [this](Waiting handler) {
            waiting_.emplace(std::move(handler));
            auto expected = Answered::no;
            if (!answered_.compare_exchange_strong(expected, Answered::awaited))
                asio::post(socket().get_executor(), std::move(*waiting_));
        };
        co_await asio::async_initiate<const Await, void()>(wait, await);
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

    // ---- writing --------------------------------------------------------------------------------

    Awaitable<bool> write_answer()
    {
        account_for(answer_.status);
        if (loop_->is_draining()) current_.keep_alive = false;
        out_.clear();
        append_head(out_, answer_, asked());
        auto body = current_.head_only || answer_.status == 204 || answer_.status == 304
            ? std::string_view()
            : content(answer_);
        if (body.size() <= copied_body_max) {
            out_ += body;
            body = {};
        }
        const bool is_sent = co_await send(body);
        answer_ = {};
        if (out_.capacity() > kept_buffer_max) out_ = {};
        co_return is_sent;
    }

    // Sends out_ and then `rest`. Most answers fit into the socket's buffer: one system call and no
    // turn of the loop.
    Awaitable<bool> send(std::string_view rest)
    {
        phase_ = Phase::writing;
        std::array<asio::const_buffer, 2> parts{asio::buffer(out_), asio::buffer(rest)};
        error_code error;
        std::size_t sent = 0;
        if constexpr (!is_tls) {
            sent = stream_.write_some(parts, error);
            if (error == asio::error::would_block) error = {};
        }
        const auto total = out_.size() + rest.size();
        while (!error && sent < total) {
            deadline_ = Clock::now() + parts_->limits.write_time;
            auto skip = sent;
            parts[0] = asio::buffer(out_) + skip;
            skip -= std::min(skip, out_.size());
            parts[1] = asio::buffer(rest) + skip;
            sent += co_await stream_.async_write_some(parts, asio::redirect_error(await, error));
        }
        deadline_ = never;
        co_return !error;
    }

    // Answers a request that was not read to its end, and closes.
    Awaitable<void> refuse(int status)
    {
        const char* why = status == 408 ? "The request did not arrive in time."
            : status == 413             ? "This is more than this address takes."
            : status == 431             ? "The header of this request is too long."
                                        : "This is not a request that can be understood.";
        if (current_.request_id.empty()) current_.request_id = make_request_id();
        current_.begun = Clock::now();
        current_.keep_alive = false;
        answer_ = problem(status, why, current_.request_id);
        if (co_await write_answer()) co_await linger();
    }

    // A socket that is closed with bytes unread takes back what it sent. So say that nothing more
    // comes, and read for a while what the client still has on its way.
    Awaitable<void> linger()
    {
        phase_ = Phase::writing;  // nothing to tell the client any more
        deadline_ = Clock::now() + lingering_time;
        error_code error;
        if constexpr (is_tls) {
            co_await stream_.async_shutdown(asio::redirect_error(await, error));
            co_return;
        }
        socket().shutdown(Socket::shutdown_send, error);
        in_.consume(in_.size());
        std::size_t total = 0;
        while (!error && total < lingering_max) {
            const auto room = in_.prepare(body_read);
            total += co_await stream_.async_read_some(room, asio::redirect_error(await, error));
        }
    }

    // ---- streaming ------------------------------------------------------------------------------

    Awaitable<void> stream_events()
    {
        account_for(200);
        out_.clear();
        append_stream_head(out_, asked());
        if (!co_await send({})) {
            sink_->end();
            co_return;
        }
        in_ = {};
        out_ = {};
        answer_ = {};
        check_again_at_ = Clock::now() + parts_->limits.stream_check;
        last_written_ = Clock::now();
        phase_ = Phase::streaming;
        deadline_ = never;
        ++Figures::streams;
        flush();
        // What a client says on a stream is not listened to; that it goes away is.
        error_code error;
        std::array<char, 64> ignored{};
        while (!error)
            co_await stream_.async_read_some(
                asio::buffer(ignored), asio::redirect_error(await, error));
        --Figures::streams;
        sink_->end();
    }

    void write_batch()
    {
        std::vector<asio::const_buffer> parts;
        parts.reserve(batch_.size());
        for (const auto& text : batch_) parts.push_back(asio::buffer(*text));
        is_writing_ = true;
        last_written_ = Clock::now();
        deadline_ = last_written_ + parts_->limits.write_time;
        asio::async_write(
            stream_, parts, [this, self = shared()](const error_code& error, std::size_t) {
                is_writing_ = false;
                deadline_ = never;
                if (error)
                    close();
                else
                    flush();
            });
    }

    void look_after_stream(Clock::time_point now)
    {
        if (now - last_written_ >= parts_->limits.heartbeat && !is_writing_)
            sink_->send(heartbeat_text());
        if (now < check_again_at_) return;
        check_again_at_ = now + parts_->limits.stream_check;
        try {
            parts_->dispatcher.check_again(
                *current_.route, current_.credentials, [sink = sink_](bool may_hear) {
                    if (!may_hear) sink->close();
                });
        } catch (const Failure&) {
            // The database is busy. The next time will do.
        }
    }

    const std::shared_ptr<Loop> loop_;
    Stream stream_;
    const std::shared_ptr<ServerParts> parts_;
    std::string peer_;

    Phase phase_ = Phase::idle;
    Clock::time_point deadline_ = never;
    bool is_late_ = false;
    boost::beast::flat_buffer in_;
    std::string out_;
    Current current_;
    Router::Match match_;

    Response answer_;
    std::atomic<Answered> answered_ = Answered::no;
    std::optional<Waiting> waiting_;

    std::shared_ptr<EventStream> sink_;
    std::vector<EventStream::Text> batch_;
    bool is_writing_ = false;
    Clock::time_point last_written_;
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
    error_code ignored;
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
