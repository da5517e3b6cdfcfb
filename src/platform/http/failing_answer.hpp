// An answer as a failing server gives it: broken off, too slow, or not at all. Only the Graph
// simulator asks for this, so that the product's client can be tested against it.
#pragma once

#include "platform/http/channel.hpp"
#include "platform/http/message.hpp"

#include <boost/asio/basic_waitable_timer.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace leadcrm::http {

// `answer` is head and body as they would be sent. False when the connection is to be closed.
template <class Stream>
Awaitable<bool> send_failing(Channel<Stream>& channel, std::string answer, std::size_t body_size,
    Sending sending, std::chrono::milliseconds pause)
{
    constexpr std::chrono::seconds step_time{30};
    if (sending == Sending::reset) {
        channel.reset();
        co_return false;
    }
    const auto text = std::string_view(answer);
    const auto half = text.substr(0, text.size() - (body_size + 1) / 2);
    if (!co_await channel.send(half, "", step_time) || sending == Sending::cut) co_return false;

    channel.deadline = channel.never;
    boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, Executor> timer(
        channel.stream().get_executor(), pause);
    boost::system::error_code error;
    co_await timer.async_wait(boost::asio::redirect_error(await, error));
    co_return co_await channel.send(text.substr(half.size()), "", step_time);
}

}  // namespace leadcrm::http
