// Things to do a little later, on one thread of their own: late answers, the flow of leads.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

namespace leadcrm::simulator {

class Pulse {
public:
    Pulse();
    ~Pulse();  // what has not come due is dropped

    // Thread-safe. Actions must be quick.
    void after(std::chrono::milliseconds wait, std::function<void()> action);

private:
    using Moment = std::chrono::steady_clock::time_point;
    void run();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::multimap<Moment, std::function<void()>> actions_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace leadcrm::simulator
