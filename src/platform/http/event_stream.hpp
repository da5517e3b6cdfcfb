// One open stream, seen from both sides: slices send into it from any thread, its connection takes
// out what is to be written, on its loop. Texts are shared; only pointers wait here.
#pragma once

#include "platform/http/loop.hpp"
#include "platform/http/routes.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace leadcrm::http {

class EventStream : public EventSink {
public:
    using Text = std::shared_ptr<const std::string>;

    EventStream(
        std::shared_ptr<Loop> loop, std::weak_ptr<LoopMember> connection, std::size_t waiting_max);

    void send(Text text) override;
    void close() override;
    void on_closed(std::function<void()> action) override;

    enum class State {
        open,
        ending,  // write what waits, then close
        over
    };
    // For the connection: what waits, moved into `batch`. It counts as waiting until the next call.
    State take(std::vector<Text>& batch);
    bool is_over();
    // For the connection: nobody listens any more.
    void end();

private:
    void move_to(State state);
    void wake();

    const std::shared_ptr<Loop> loop_;
    const std::weak_ptr<LoopMember> connection_;
    const std::size_t waiting_max_;
    std::mutex mutex_;
    State state_ = State::open;
    std::vector<Text> queue_;
    std::size_t being_written_ = 0;
    std::vector<std::function<void()>> on_closed_;
};

}  // namespace leadcrm::http
