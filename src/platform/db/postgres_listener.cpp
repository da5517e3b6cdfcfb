#include "platform/db/postgres_listener.hpp"

#include "platform/failure.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <memory>

namespace leadcrm::db {

namespace {

constexpr int pause_before_listening_again_ms = 1000;

}  // namespace

PostgresListener::PostgresListener(
    std::string url, std::string channel, std::function<void(std::string_view)> heard)
    : url_(std::move(url)), channel_(std::move(channel)), heard_(std::move(heard))
{
    listen();
    stop_ = eventfd(0, EFD_CLOEXEC);
    if (stop_ < 0) throw Failure::internal("no event descriptor");
    thread_ = std::thread([this] { run(); });
}

PostgresListener::~PostgresListener()
{
    eventfd_write(stop_, 1);
    thread_.join();
    close(stop_);
}

void PostgresListener::listen()
{
    handle_ = connect_to_postgres(url_);
    const PostgresResult result(PQexec(handle_.get(), ("LISTEN " + channel_).c_str()));
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK)
        throw Failure::unavailable("The database cannot be reached. Please try again soon.", 5)
            .because(PQerrorMessage(handle_.get()));
}

void PostgresListener::run()
{
    while (wait_for_news()) {
        if (handle_ && PQconsumeInput(handle_.get())) {
            hand_over_news();
            continue;
        }
        try {
            handle_.reset();
            listen();
        } catch (const Failure&) {
            handle_.reset();
        }
    }
}

// False when it is time to stop. Without a connection it returns after a pause.
bool PostgresListener::wait_for_news() const
{
    pollfd waiting[2] = {{stop_, POLLIN, 0}, {handle_ ? PQsocket(handle_.get()) : -1, POLLIN, 0}};
    poll(waiting, 2, handle_ ? -1 : pause_before_listening_again_ms);
    return waiting[0].revents == 0;
}

void PostgresListener::hand_over_news()
{
    struct Free {
        void operator()(PGnotify* news) const { PQfreemem(news); }
    };
    while (const std::unique_ptr<PGnotify, Free> news{PQnotifies(handle_.get())})
        heard_(news->extra);
}

}  // namespace leadcrm::db
