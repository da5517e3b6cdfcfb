#include "platform/http/event_stream.hpp"

#include <utility>

namespace leadcrm::http {

EventStream::EventStream(
    std::shared_ptr<Loop> loop, std::weak_ptr<LoopMember> connection, std::size_t waiting_max)
    : loop_(std::move(loop)), connection_(std::move(connection)), waiting_max_(waiting_max)
{
}

void EventStream::send(Text text)
{
    bool is_first = false;
    bool is_too_slow = false;
    {
        const std::lock_guard lock(mutex_);
        if (state_ != State::open) return;
        is_first = queue_.empty();
        is_too_slow = queue_.size() + being_written_ >= waiting_max_;
        if (!is_too_slow) queue_.push_back(std::move(text));
    }
    if (is_too_slow) move_to(State::over);
    if (is_first || is_too_slow) wake();
}

void EventStream::close()
{
    move_to(State::ending);
    wake();
}

void EventStream::end() { move_to(State::over); }

void EventStream::on_closed(std::function<void()> action)
{
    {
        const std::lock_guard lock(mutex_);
        if (state_ == State::open) return on_closed_.push_back(std::move(action));
    }
    action();
}

EventStream::State EventStream::take(std::vector<Text>& batch)
{
    const std::lock_guard lock(mutex_);
    batch.clear();
    if (state_ != State::over) batch.swap(queue_);
    being_written_ = batch.size();
    return state_;
}

bool EventStream::is_over()
{
    const std::lock_guard lock(mutex_);
    return state_ == State::over;
}

// Forward only; what has waited for the end is told once.
void EventStream::move_to(State state)
{
    std::vector<std::function<void()>> actions;
    {
        const std::lock_guard lock(mutex_);
        if (state_ >= state) return;
        state_ = state;
        if (state_ == State::over) queue_ = {};
        actions.swap(on_closed_);
    }
    for (const auto& action : actions) action();
}

void EventStream::wake()
{
    if (auto connection = connection_.lock()) loop_->wake(std::move(connection));
}

}  // namespace leadcrm::http
