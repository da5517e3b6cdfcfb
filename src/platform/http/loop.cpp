#include "platform/http/loop.hpp"

#include "platform/http/wire.hpp"
#include "platform/log/log.hpp"

#include <boost/asio/post.hpp>

#include <pthread.h>

#include <algorithm>
#include <ctime>

namespace leadcrm::http {

namespace {

// Deadlines are kept to this. Walking the connections of a loop is far cheaper than a timer for
// each that every request would set anew.
constexpr std::chrono::milliseconds clock_step{100};

constexpr std::size_t flushes_per_turn = 256;

constexpr std::chrono::milliseconds turn_max{50};

}  // namespace

Loop::Loop(int number) : number_(number), context_(1), clock_(context_) { }

Loop::~Loop() { stop(); }

void Loop::start()
{
    look_at_clock();
    thread_ = std::thread([this] { context_.run(); });
    pthread_setname_np(thread_.native_handle(), ("io_" + std::to_string(number_)).c_str());
}

void Loop::look_at_clock()
{
    const auto now = Clock::now();
    for (auto at = members_.begin(); at != members_.end();) (at++)->look_at_clock(now);
    clock_.expires_after(clock_step);
    clock_.async_wait([this](const boost::system::error_code& error) {
        if (!error) look_at_clock();
    });
}

void Loop::drain()
{
    draining_ = true;
    boost::asio::post(context_, [this] {
        for (auto at = members_.begin(); at != members_.end();) (at++)->drain();
    });
}

void Loop::close_all()
{
    boost::asio::post(context_, [this] {
        for (auto at = members_.begin(); at != members_.end();) (at++)->close();
    });
}

void Loop::stop()
{
    context_.stop();
    if (thread_.joinable()) thread_.join();
    clock_.cancel();
    is_over_ = true;
    finish_if_over();
}

void Loop::finish_if_over()
{
    if (!is_over_) return;
    const std::lock_guard lock(over_mutex_);
    context_.restart();
    context_.poll();
}

void Loop::join(LoopMember& member) { members_.push_back(member); }

void Loop::leave(LoopMember& member)
{
    member.unlink();
    --connections_;
}

void Loop::wake(std::shared_ptr<LoopMember> member)
{
    if (is_over_) return;
    bool is_first = false;
    {
        const std::lock_guard lock(wake_mutex_);
        is_first = woken_.empty();
        woken_.push_back(std::move(member));
    }
    if (is_first) boost::asio::post(context_, [this] { flush_some(); });
}

void Loop::flush_some()
{
    if (to_flush_.empty()) {
        const std::lock_guard lock(wake_mutex_);
        to_flush_.swap(woken_);
    }
    const auto count = std::min(to_flush_.size(), flushes_per_turn);
    const auto from = to_flush_.end() - static_cast<std::ptrdiff_t>(count);
    for (auto at = from; at != to_flush_.end(); ++at) (*at)->flush();
    to_flush_.erase(from, to_flush_.end());
    if (!to_flush_.empty()) boost::asio::post(context_, [this] { flush_some(); });
}

std::string_view Loop::date()
{
    const std::int64_t now = std::time(nullptr);
    if (now != date_seconds_) {
        date_seconds_ = now;
        date_ = date_text(now);
    }
    return date_;
}

void Loop::ping()
{
    if (ping_waits_.exchange(true)) {
        if (const auto* running = running_.load()) suspect_ = running;
        return;
    }
    suspect_ = nullptr;
    boost::asio::post(context_, [this, asked = Clock::now()] {
        const auto late = Clock::now() - asked;
        const auto* suspect = suspect_.load();
        ping_waits_ = false;
        if (late < turn_max) return;
        const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(late).count();
        log::warn("event loop was late",
            {{"loop", std::to_string(number_)}, {"ms", std::to_string(ms)},
                {"handler", suspect ? *suspect : "none"}});
    });
}

}  // namespace leadcrm::http
