// A few threads for work that takes long or waits: password hashing, handlers that block on the
// database. Bounded: when too much waits already, the caller says so instead of queueing.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace leadcrm::http {

class CpuPool {
public:
    CpuPool(int threads, std::size_t queue_max);
    ~CpuPool();  // finishes what was taken on

    // False when `queue_max` pieces of work wait. The work must not throw. Thread-safe.
    bool take_on(std::function<void()> work);

private:
    void run();

    const std::size_t queue_max_;
    std::mutex mutex_;
    std::condition_variable news_;
    std::deque<std::function<void()>> queue_;
    bool over_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace leadcrm::http
