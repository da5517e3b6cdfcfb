// One open stream as the others see it: whose it is, what it has been told, and what of the news is
// meant for it.
#pragma once

#include "events/stream_message.hpp"
#include "platform/http/routes.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::events {

struct Listener {
    http::Caller caller;
    std::shared_ptr<http::EventSink> sink;
    std::int64_t told = 0;  // fixed once it has joined
    bool is_closed = false;  // under the channel's mutex
};
using ListenerPointer = std::shared_ptr<Listener>;

// Whether this listener hears this message.
bool hears(const Listener& listener, const Message& message);

// Whether this signal on sight_channel may have changed who it is, or what it sees.
bool must_begin_anew(const Listener& listener, std::string_view payload);

// What this listener is told of them: also of leads that leave its sight.
std::string text_for(const Listener& listener, const std::vector<Message>& messages);

}  // namespace leadcrm::events
