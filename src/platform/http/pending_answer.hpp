// Where a handler's answer arrives, from whatever thread, and the connection waits for it.
#pragma once

#include "platform/http/io.hpp"
#include "platform/http/loop.hpp"
#include "platform/http/message.hpp"

#include <atomic>
#include <memory>
#include <optional>
#include <string>

namespace leadcrm::http {

class PendingAnswer {
public:
    explicit PendingAnswer(std::shared_ptr<Loop> loop);

    // The function to hand to a handler. It keeps `self` alive; when its last copy goes without an
    // answer, the answer is 500. One at a time.
    static Respond promise(const std::shared_ptr<PendingAnswer>& self, std::string request_id);

    bool is_here() const { return state_ == State::here; }
    // On the loop's thread.
    Awaitable<void> arrive();

    Response response;  // once it is here

private:
    class Promise;
    enum class State { expected, awaited, here };
    using Waiting = boost::asio::async_result<Await, void()>::handler_type;

    void put(Response&& answer);

    const std::shared_ptr<Loop> loop_;
    std::atomic<State> state_ = State::expected;
    std::optional<Waiting> waiting_;
};

}  // namespace leadcrm::http
