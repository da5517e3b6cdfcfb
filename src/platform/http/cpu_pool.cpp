#include "platform/http/cpu_pool.hpp"

#include <pthread.h>

#include <utility>

namespace leadcrm::http {

CpuPool::CpuPool(int threads, std::size_t queue_max) : queue_max_(queue_max)
{
    for (int i = 0; i < threads; ++i) {
        threads_.emplace_back([this] { run(); });
        pthread_setname_np(threads_.back().native_handle(), "cpu_pool");
    }
}

CpuPool::~CpuPool()
{
    {
        const std::lock_guard lock(mutex_);
        over_ = true;
    }
    news_.notify_all();
    for (auto& thread : threads_) thread.join();
}

bool CpuPool::take_on(std::function<void()> work)
{
    {
        const std::lock_guard lock(mutex_);
        if (over_ || queue_.size() >= queue_max_) return false;
        queue_.push_back(std::move(work));
    }
    news_.notify_one();
    return true;
}

void CpuPool::run()
{
    for (;;) {
        std::unique_lock lock(mutex_);
        news_.wait(lock, [this] { return over_ || !queue_.empty(); });
        if (queue_.empty()) return;
        const auto work = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        work();
    }
}

}  // namespace leadcrm::http
