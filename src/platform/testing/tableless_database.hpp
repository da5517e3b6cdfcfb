// A database without tables, for tests of what runs on one: work gets a thread and a session, and
// a statement is an error.
#pragma once

#include "platform/db/database.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace leadcrm::testing {

class TablelessDatabase : public db::Database {
public:
    TablelessDatabase();
    ~TablelessDatabase() override;

    db::Dialect dialect() const override { return db::Dialect::sqlite; }
    void start_read(ReadWork work, Done done) override;
    void start_write(WriteWork work, Done done) override;
    void on_signal(std::string channel, std::function<void(std::string_view)> handler) override;

    int reads = 0;
    int writes = 0;

private:
    void put(std::function<void()> work);
    void run();

    std::mutex mutex_;
    std::condition_variable news_;
    std::deque<std::function<void()>> queue_;
    bool over_ = false;
    std::thread thread_;
};

}  // namespace leadcrm::testing
