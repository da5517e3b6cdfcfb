// The server's shape: N event loops on N threads, one acceptor, no locks between them.
//
// The problem. A webhook has to be answered while thousands of streams stay open, on a machine that
// also runs the database; whatever a request costs outside its handler is paid a thousand times a
// second. And everything that comes over the socket was written by a stranger.
//
// The approach. Each loop runs on its own thread and has its own connections, which stay there for
// life (loop.hpp); nothing is shared, so nothing is locked, and there are no strands. One acceptor
// gives each new connection to the loop that has the fewest, which spreads ten keep-alive
// connections as evenly as ten thousand. (SO_REUSEPORT would spread them by chance, lose what waits
// in a backlog that is closed, and let a second process take the same port unnoticed.)
//
// A connection is one coroutine that serves one request at a time (connection.cpp). What makes it
// cheap: deadlines are points in time that one clock per loop walks past ten times a second, not
// timers; Beast's parser writes straight into our Request; head and body of an answer leave in one
// buffer by a direct write, and the loop is asked only when the socket is full; Asio's types are
// bound to the loop's own executor (io.hpp).
//
// Handlers run elsewhere, on database threads or the CPU pool; a Respond brings their answer back
// with one post to the loop. Raw handlers run on the loop, and the watchdog tells when one blocks.
//
// Stopping: accept nothing, close what is idle, end the streams, let requests finish for as long as
// the caller has patience, then close the rest. A handler may outlive even that (loop.hpp).
//
// The trade-off. A loop that is blocked blocks its connections, and a connection cannot move to
// another one. Every limit is a number in server.hpp, and every number has a test that crosses it.
//
// The numbers, on two cores shared with the load and with compilers, beside nginx answering a
// static 200 in the same minute (`wrk -t2`): 8.5 to 10 µs of CPU a request against 8.5 to 11 µs at
// 32 connections, 12 to 13 against 9 at 256; three quarters of it in the kernel. Ten thousand open
// streams take 4 to 5 KiB each (72 KiB with TLS, which is Asio's and OpenSSL's buffers: thousands
// of streams belong behind a proxy that ends TLS). One event of 1 KB reaches all of them in 130 ms
// when the machine is free and 250 to 450 ms when it is not: 8 µs a stream here, 29 µs in the
// kernel.
#include "platform/http/server.hpp"

#include "platform/http/connection.hpp"
#include "platform/log/log.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <condition_variable>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <vector>

namespace leadcrm::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;

constexpr std::chrono::milliseconds watch_every{25};
constexpr std::chrono::milliseconds accept_pause{50};
// What is left after the patience is over gets this long to notice that it was closed.
constexpr std::chrono::milliseconds last_moment{1'000};

constexpr std::string_view too_many_connections =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 5\r\n"
    "Connection: close\r\n\r\n";

tcp::endpoint endpoint_of(const std::string& listen)
{
    const auto colon = listen.rfind(':');
    if (colon == std::string::npos)
        throw std::runtime_error("cannot listen on \"" + listen + "\": give address:port");
    auto host = listen.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    asio::io_context context;
    tcp::resolver resolver(context);
    error_code error;
    const auto found =
        resolver.resolve(host, listen.substr(colon + 1), tcp::resolver::passive, error);
    if (error) throw std::runtime_error("cannot listen on \"" + listen + "\": " + error.message());
    return found.begin()->endpoint();
}

std::optional<asio::ssl::context> tls_of(const ServerSettings& settings)
{
    if (settings.tls_cert.empty()) return std::nullopt;
    asio::ssl::context tls(asio::ssl::context::tls_server);
    tls.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1
        | asio::ssl::context::no_tlsv1_1 | asio::ssl::context::no_compression);
    SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
    // Idle connections give their record buffers back.
    SSL_CTX_set_mode(tls.native_handle(), SSL_MODE_RELEASE_BUFFERS);
    error_code error;
    tls.use_certificate_chain_file(settings.tls_cert.string(), error);
    if (!error) tls.use_private_key_file(settings.tls_key.string(), asio::ssl::context::pem, error);
    if (error)
        throw std::runtime_error("cannot use the certificate " + settings.tls_cert.string()
            + " with the key " + settings.tls_key.string() + ": " + error.message());
    return tls;
}

}  // namespace

struct Server::State {
    State(Dispatcher& dispatcher, const ServerSettings& settings)
        : parts(
            new ServerParts{dispatcher, settings.limits, TrustedProxies(settings.trusted_proxies),
                Figures(dispatcher.routes()), tls_of(settings)})
    {
        const auto cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
        const int count = settings.threads > 0 ? settings.threads : cores;
        for (int i = 0; i < count; ++i) loops.push_back(std::make_shared<Loop>(i));
        listen_on(settings.listen);
    }

    void listen_on(const std::string& address)
    {
        const auto endpoint = endpoint_of(address);
        acceptor.emplace(loops.front()->context());
        acceptor->open(endpoint.protocol());
        acceptor->set_option(tcp::acceptor::reuse_address(true));
        error_code error;
        acceptor->bind(endpoint, error);
        if (!error) acceptor->listen(asio::socket_base::max_listen_connections, error);
        if (error) throw std::runtime_error("cannot listen on " + address + ": " + error.message());
    }

    int connections() const
    {
        return std::accumulate(loops.begin(), loops.end(), 0,
            [](int sum, const auto& loop) { return sum + loop->connections(); });
    }

    // The loop with the fewest connections gets the next one.
    std::shared_ptr<Loop> next_loop() const
    {
        return *std::min_element(loops.begin(), loops.end(),
            [](const auto& a, const auto& b) { return a->connections() < b->connections(); });
    }

    Awaitable<void> accept()
    {
        for (;;) {
            auto loop = next_loop();
            Socket socket(loop->context());
            error_code error;
            co_await acceptor->async_accept(socket, asio::redirect_error(await, error));
            if (error == asio::error::operation_aborted || !acceptor->is_open()) co_return;
            if (error) {
                // Out of files, most likely. They come back when connections end.
                log::warn("cannot accept a connection", {{"reason", error.message()}});
                asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor> pause(
                    loops.front()->context(), accept_pause);
                co_await pause.async_wait(asio::redirect_error(await, error));
            } else if (connections() >= static_cast<int>(parts->limits.connections_max)) {
                socket.non_blocking(true, error);
                socket.write_some(asio::buffer(too_many_connections), error);
            } else {
                loop->expect_one();
                serve(std::move(loop), std::move(socket), parts);
            }
        }
    }

    void watch()
    {
        std::unique_lock lock(watch_mutex);
        while (!watch_over.wait_for(lock, watch_every, [this] { return is_over; }))
            for (const auto& loop : loops) loop->ping();
    }

    bool wait_until_empty(std::chrono::milliseconds patience) const
    {
        const auto end = Clock::now() + patience;
        while (connections() > 0 && Clock::now() < end)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        return connections() == 0;
    }

    const std::shared_ptr<ServerParts> parts;
    std::vector<std::shared_ptr<Loop>> loops;
    std::optional<Acceptor> acceptor;
    std::uint16_t port = 0;
    std::thread watchdog;
    std::mutex watch_mutex;
    std::condition_variable watch_over;
    bool is_over = false;
    bool is_started = false;
};

Server::Server(Dispatcher& dispatcher, const ServerSettings& settings)
    : state_(std::make_unique<State>(dispatcher, settings))
{
    state_->port = state_->acceptor->local_endpoint().port();
}

Server::~Server() { stop(std::chrono::milliseconds(100)); }

std::uint16_t Server::port() const { return state_->port; }

void Server::start()
{
    state_->is_started = true;
    asio::co_spawn(state_->loops.front()->context(), state_->accept(), asio::detached);
    for (const auto& loop : state_->loops) loop->start();
    state_->watchdog = std::thread([this] { state_->watch(); });
}

void Server::stop(std::chrono::milliseconds patience)
{
    if (!std::exchange(state_->is_started, false)) return;
    asio::post(state_->loops.front()->context(), [this] { state_->acceptor->close(); });
    for (const auto& loop : state_->loops) loop->drain();
    if (!state_->wait_until_empty(patience)) {
        log::warn("closing connections whose requests still run",
            {{"connections", std::to_string(state_->connections())}});
        for (const auto& loop : state_->loops) loop->close_all();
        state_->wait_until_empty(last_moment);
    }
    {
        const std::lock_guard lock(state_->watch_mutex);
        state_->is_over = true;
    }
    state_->watch_over.notify_all();
    state_->watchdog.join();
    for (const auto& loop : state_->loops) loop->stop();
}

}  // namespace leadcrm::http
