#include "meta-simulator/pulse.hpp"

#include <utility>

namespace leadcrm::simulator {

Pulse::Pulse() : thread_([this] { run(); }) { }

Pulse::~Pulse()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

void Pulse::after(std::chrono::milliseconds wait, std::function<void()> action)
{
    {
        const std::lock_guard lock(mutex_);
        actions_.emplace(std::chrono::steady_clock::now() + wait, std::move(action));
    }
    changed_.notify_one();
}

void Pulse::run()
{
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        if (actions_.empty()) {
            changed_.wait(lock);
        } else if (const auto due = actions_.begin()->first;
                   due > std::chrono::steady_clock::now()) {
            changed_.wait_until(lock, due);
        } else {
            const auto action = std::move(actions_.begin()->second);
            actions_.erase(actions_.begin());
            lock.unlock();
            action();
            lock.lock();
        }
    }
}

}  // namespace leadcrm::simulator
