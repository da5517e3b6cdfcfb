// The bytes of one connection, plain or TLS: reading into a buffer, sending, closing politely.
// Every wait has a deadline, a point in time that the loop's clock compares (loop.hpp): a request
// that is served in 20 µs sets a few words in memory and no timer. Included by connection.cpp only.
#pragma once

#include "platform/http/io.hpp"
#include "platform/http/loop.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace leadcrm::http {

using TlsStream = boost::asio::ssl::stream<Socket>;

template <class Stream>
class Channel {
public:
    static constexpr bool is_tls = std::is_same_v<Stream, TlsStream>;
    static constexpr auto never = Clock::time_point::max();

    explicit Channel(Stream stream) : stream_(std::move(stream)) { }

    Stream& stream() { return stream_; }

    Clock::time_point deadline =
        never;  // of the wait that goes on; kept by whoever looks at the clock
    void wait_at_most(std::chrono::milliseconds time) { deadline = Clock::now() + time; }

    // The other side's address, an IPv4 one in its own form; empty when it is gone already.
    std::string peer_address()
    {
        Error error;
        const auto address = socket().remote_endpoint(error).address();
        if (error) return {};
        if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address.to_string();
        return make_address_v4(boost::asio::ip::v4_mapped, address.to_v6()).to_string();
    }

    Awaitable<bool> shake_hands()
    {
        Error error;
        if constexpr (is_tls)
            co_await stream_.async_handshake(boost::asio::ssl::stream_base::server, into(error));
        co_return !error;
    }

    // What has come and was not yet consumed.
    std::string_view unread() const
    {
        const auto bytes = in_.cdata();
        return {static_cast<const char*>(bytes.data()), bytes.size()};
    }
    void consume(std::size_t count) { in_.consume(count); }

    // Reads up to `most` bytes more. False when the other side is gone, or time is up.
    Awaitable<bool> read_some(std::size_t most)
    {
        Error error;
        const auto room = in_.prepare(most);
        const auto count = co_await stream_.async_read_some(room, into(error));
        in_.commit(count);
        co_return !error;
    }

    // Sends one text and then the other. What fits into the socket's buffer, and most answers do,
    // costs one system call and no turn of the loop.
    Awaitable<bool> send(
        std::string_view text, std::string_view more, std::chrono::milliseconds step_time)
    {
        std::array<boost::asio::const_buffer, 2> parts{
            boost::asio::buffer(text), boost::asio::buffer(more)};
        Error error;
        std::size_t sent = 0;
        if constexpr (!is_tls) {
            sent = stream_.write_some(parts, error);
            if (error == boost::asio::error::would_block) error = {};
        }
        while (!error && sent < text.size() + more.size()) {
            wait_at_most(step_time);
            parts[0] = boost::asio::buffer(text) + sent;
            parts[1] = boost::asio::buffer(more) + (sent - std::min(sent, text.size()));
            sent += co_await stream_.async_write_some(parts, into(error));
        }
        co_return !error;
    }

    // A socket that is closed with bytes unread takes back what it sent. So this says that nothing
    // more comes, and reads for a while what the client still has on its way.
    Awaitable<void> linger(std::chrono::milliseconds time, std::size_t bytes_max)
    {
        wait_at_most(time);
        Error error;
        if constexpr (is_tls) {
            co_await stream_.async_shutdown(into(error));
        } else {
            stream_.shutdown(Socket::shutdown_send, error);
            std::size_t total = 0;
            while (!error && total < bytes_max) {
                in_.clear();
                const auto room = in_.prepare(std::size_t(16) * 1024);
                total += co_await stream_.async_read_some(room, into(error));
            }
        }
    }

    // Ends when the other side does. What it says is not listened to, and takes no buffer.
    Awaitable<void> until_gone()
    {
        in_ = {};
        Error error;
        std::array<char, 64> ignored;
        while (!error) co_await stream_.async_read_some(boost::asio::buffer(ignored), into(error));
    }

    // Ends the wait that goes on, as if it had failed.
    void cancel()
    {
        Error ignored;
        socket().cancel(ignored);
    }
    void close()
    {
        Error ignored;
        socket().close(ignored);
    }

    // The other side gets a reset instead of an end, and whatever was on its way is lost.
    void reset()
    {
        Error ignored;
        socket().set_option(boost::asio::socket_base::linger(true, 0), ignored);
        socket().close(ignored);
    }

private:
    using Error = boost::system::error_code;
    static auto into(Error& error) { return boost::asio::redirect_error(await, error); }

    Socket& socket()
    {
        if constexpr (is_tls)
            return stream_.next_layer();
        else
            return stream_;
    }

    Stream stream_;
    boost::beast::flat_buffer in_;
};

}  // namespace leadcrm::http
