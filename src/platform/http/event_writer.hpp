// Writes what was sent into an EventStream to its connection, as fast as the client takes it, with
// heartbeats when there is nothing to say. Lives on the connection's loop; included by
// connection.cpp only.
#pragma once

#include "platform/http/event_stream.hpp"
#include "platform/http/loop.hpp"
#include "platform/http/server.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace leadcrm::http {

// `Stream` is a socket, plain or TLS.
template <class Stream>
class EventWriter {
public:
    EventWriter(Stream& stream, std::shared_ptr<EventStream> events, const Limits& limits)
        : stream_(stream), events_(std::move(events)), limits_(limits), last_written_(Clock::now())
    {
    }

    // `connection` owns the writer and is kept while bytes are under way. It is closed when the
    // stream is over or the client is gone.
    void flush(const std::shared_ptr<LoopMember>& connection)
    {
        if (is_writing_) {
            if (events_->is_over()) connection->close();
            return;
        }
        const auto state = events_->take(batch_);
        if (!batch_.empty())
            write_batch(connection);
        else if (state != EventStream::State::open)
            connection->close();
    }

    void look_at_clock(Clock::time_point now, LoopMember& connection)
    {
        const auto silent_for = now - last_written_;
        if (is_writing_ && silent_for >= limits_.write_time)
            connection.close();
        else if (!is_writing_ && silent_for >= limits_.heartbeat)
            events_->send(heartbeat());
    }

private:
    // One text for all streams.
    static const EventStream::Text& heartbeat()
    {
        static const auto text = std::make_shared<const std::string>(":\n\n");
        return text;
    }

    void write_batch(const std::shared_ptr<LoopMember>& connection)
    {
        std::vector<boost::asio::const_buffer> parts;
        parts.reserve(batch_.size());
        for (const auto& text : batch_) parts.push_back(boost::asio::buffer(*text));
        is_writing_ = true;
        last_written_ = Clock::now();
        boost::asio::async_write(stream_, parts,
            [this, connection](const boost::system::error_code& error, std::size_t) {
                is_writing_ = false;
                if (error)
                    connection->close();
                else
                    flush(connection);
            });
    }

    Stream& stream_;
    const std::shared_ptr<EventStream> events_;
    const Limits& limits_;
    std::vector<EventStream::Text> batch_;
    bool is_writing_ = false;
    Clock::time_point last_written_;
};

}  // namespace leadcrm::http
