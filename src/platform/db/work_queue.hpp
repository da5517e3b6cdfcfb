// Work that waits for a database thread: bounded, first in first out.
#pragma once

#include "platform/failure.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace leadcrm::db {

template <class Work>
class WorkQueue {
public:
    explicit WorkQueue(std::size_t waiting_max) : waiting_max_(waiting_max) { }

    // Throws Failure::unavailable when the queue is full or closed.
    void add(Work work)
    {
        {
            const std::lock_guard lock(mutex_);
            if (closed_)
                throw Failure::unavailable("The server is restarting. Please try again.", 5);
            if (waiting_.size() >= waiting_max_)
                throw Failure::unavailable("We are very busy. Please try again in a moment.", 1);
            waiting_.push_back(std::move(work));
        }
        somebody_waits_.notify_one();
    }

    // Waits for work. Nothing once the queue is closed and empty.
    std::optional<Work> take()
    {
        std::unique_lock lock(mutex_);
        somebody_waits_.wait(lock, [&] { return closed_ || !waiting_.empty(); });
        return take_first();
    }

    // Does not wait.
    std::optional<Work> take_waiting()
    {
        const std::lock_guard lock(mutex_);
        return take_first();
    }

    void close()
    {
        {
            const std::lock_guard lock(mutex_);
            closed_ = true;
        }
        somebody_waits_.notify_all();
    }

private:
    std::optional<Work> take_first()
    {
        if (waiting_.empty()) return std::nullopt;
        std::optional<Work> work(std::move(waiting_.front()));
        waiting_.pop_front();
        return work;
    }

    const std::size_t waiting_max_;
    std::mutex mutex_;
    std::condition_variable somebody_waits_;
    std::deque<Work> waiting_;
    bool closed_ = false;
};

}  // namespace leadcrm::db
