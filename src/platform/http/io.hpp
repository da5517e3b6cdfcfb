// Asio's types as this folder uses them: bound to the event loop's own executor, which spares every
// operation the indirection of any_io_executor.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace leadcrm::http {

using Executor = boost::asio::io_context::executor_type;
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;
template <class T>
using Awaitable = boost::asio::awaitable<T, Executor>;
using Await = boost::asio::use_awaitable_t<Executor>;
inline constexpr Await await;

}  // namespace leadcrm::http
