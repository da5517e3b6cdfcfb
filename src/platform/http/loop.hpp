// One I/O thread: its event loop, the connections that live on it, and the clock that looks at
// their deadlines. A connection stays on its loop for life, so it needs no locks.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/list.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace leadcrm::http {

using Clock = std::chrono::steady_clock;

// What a loop asks of a connection; all of it on the loop's own thread.
class LoopMember : public std::enable_shared_from_this<LoopMember>,
                   public boost::intrusive::list_base_hook<
                       boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
public:
    virtual ~LoopMember() = default;
    virtual void look_at_clock(Clock::time_point now) = 0;
    virtual void drain() = 0;  // no further request; close if nothing runs
    virtual void close() = 0;  // now, whatever runs
    virtual void flush() = 0;  // wake() was called
};

class Loop {
public:
    explicit Loop(int number);
    ~Loop();

    boost::asio::io_context& context() { return context_; }

    void start();
    // These three from any thread; connections() is what is left.
    void drain();
    void close_all();
    void stop();
    int connections() const { return connections_; }

    // A handler may answer after the loop's thread has ended. Whoever brings such an answer runs
    // what follows from it, so that the connection is freed.
    void finish_if_over();

    // A connection counts from its accept, on another thread, and joins on this one.
    void expect_one() { ++connections_; }
    void join(LoopMember& member);
    void leave(LoopMember& member);
    bool is_draining() const { return draining_; }

    // Has flush() called on the loop's thread. From any thread. Many calls are one turn's work, cut
    // into pieces, so that ten thousand streams do not hold up a request.
    void wake(std::shared_ptr<LoopMember> member);

    // Now, as a Date header says it.
    std::string_view date();

    // Whose handler runs now, or nobody's.
    void enter(const std::string* path) { running_ = path; }
    // The watchdog's question, from its own thread. The answer is late when a turn of the loop took
    // long, and is logged with the handler that was at work meanwhile.
    void ping();

private:
    void look_at_clock();
    void flush_some();

    const int number_;
    boost::asio::io_context context_;
    boost::asio::steady_timer clock_;
    boost::intrusive::list<LoopMember, boost::intrusive::constant_time_size<false>> members_;
    std::atomic<int> connections_ = 0;
    std::atomic<bool> draining_ = false;
    std::atomic<bool> is_over_ = false;
    std::mutex over_mutex_;

    std::mutex wake_mutex_;
    std::vector<std::shared_ptr<LoopMember>> woken_;  // guarded by wake_mutex_
    std::vector<std::shared_ptr<LoopMember>> to_flush_;

    std::int64_t date_seconds_ = -1;
    std::string date_;

    std::atomic<bool> ping_waits_ = false;
    std::atomic<const std::string*> running_ = nullptr;
    std::atomic<const std::string*> suspect_ = nullptr;
    std::thread thread_;
};

}  // namespace leadcrm::http
