// A connection that only listens: hands over what other transactions, of any process, have
// notified.
#pragma once

#include "platform/db/postgres_pipeline.hpp"

#include <functional>
#include <string>
#include <thread>

namespace leadcrm::db {

class PostgresListener {
public:
    // Listens when it returns; throws Failure::unavailable when it cannot. `heard` is called on the
    // listener's own thread. A lost connection is made anew; what is notified meanwhile is lost.
    PostgresListener(
        std::string url, std::string channel, std::function<void(std::string_view)> heard);
    ~PostgresListener();

private:
    void listen();
    void run();
    bool wait_for_news() const;
    void hand_over_news();

    const std::string url_;
    const std::string channel_;
    const std::function<void(std::string_view)> heard_;
    PostgresHandle handle_;
    int stop_ = -1;  // becomes readable when the thread is to end
    std::thread thread_;
};

}  // namespace leadcrm::db
