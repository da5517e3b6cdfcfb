#include "platform/db/postgres_database.hpp"

#include <random>

namespace leadcrm::db {
namespace {

using Access = PostgresConnection::Access;

class PostgresSession final : public Session {
public:
    explicit PostgresSession(PostgresConnection& connection) : connection_(connection) { }

    Dialect dialect() const override { return Dialect::postgres; }
    std::int64_t run(const Statement& statement, RowHandler each) override
    {
        return connection_.run(statement, each);
    }
    void run_script(const std::string& text) override { connection_.run_script(text); }
    void after_commit(std::function<void()> action) override
    {
        actions_.push_back(std::move(action));
    }
    // Channels share the one that the listener hears: "channel payload".
    void signal(std::string_view channel, std::string_view payload) override
    {
        connection_.notify(std::string(channel) + ' ' + std::string(payload));
    }
    void act() const
    {
        for (const auto& action : actions_) action();
    }

private:
    PostgresConnection& connection_;
    std::vector<std::function<void()>> actions_;
};

// Random, so that two that met do not meet again: up to 2, 4, 8, … ms.
void wait_before(int attempt)
{
    static thread_local std::minstd_rand random{std::random_device{}()};
    std::uniform_int_distribution<int> wait_us(0, 1000 << attempt);
    std::this_thread::sleep_for(std::chrono::microseconds(wait_us(random)));
}

}  // namespace

PostgresDatabase::PostgresDatabase(const Settings& settings, Guarding guarding)
    : url_(settings.url)
    , guarding_(guarding)
    , reads_(static_cast<std::size_t>(settings.queue_max))
    , writes_(static_cast<std::size_t>(settings.queue_max))
{
    PostgresConnection(url_, guarding_).check_role();
    listener_ = std::make_unique<PostgresListener>(
        url_, PostgresConnection::channel, [this](std::string_view news) { tell(news); });
    for (int i = 0; i < settings.readers; ++i) {
        threads_.emplace_back([this] { read_queued(); });
        threads_.emplace_back([this] { write_queued(); });
    }
}

PostgresDatabase::~PostgresDatabase()
{
    reads_.close();
    writes_.close();
    for (auto& thread : threads_) thread.join();
}

void PostgresDatabase::start_read(ReadWork work, Done done)
{
    reads_.add({std::move(work), std::move(done)});
}

void PostgresDatabase::start_write(WriteWork work, Done done)
{
    writes_.add({std::move(work), std::move(done)});
}

void PostgresDatabase::on_signal(std::string channel, std::function<void(std::string_view)> handler)
{
    handlers_[std::move(channel)].push_back(std::move(handler));
}

void PostgresDatabase::tell(std::string_view news) const
{
    const auto end = news.find(' ');
    if (end == std::string_view::npos) return;
    const auto found = handlers_.find(news.substr(0, end));
    if (found == handlers_.end()) return;
    for (const auto& handler : found->second) handler(news.substr(end + 1));
}

void PostgresDatabase::read_queued()
{
    PostgresConnection connection(url_, guarding_);
    while (auto read = reads_.take()) {
        bool again = true;
        std::exception_ptr error;
        for (int attempt = 1; again && attempt <= attempts_max; ++attempt) {
            if (attempt > 1) wait_before(attempt);
            error = read_once(connection, read->work, again);
        }
        read->done(error);
    }
}

std::exception_ptr PostgresDatabase::read_once(
    PostgresConnection& connection, const ReadWork& work, bool& again)
{
    again = false;
    try {
        connection.begin(Access::read);
        PostgresSession session(connection);
        PlatformReader reader(session);
        work(reader);
        connection.commit();
        return nullptr;
    } catch (...) {
        const auto error = std::current_exception();
        again = !connection.has_answered() && connection.may_run_again();
        connection.roll_back();
        return error;
    }
}

void PostgresDatabase::write_queued()
{
    PostgresConnection connection(url_, guarding_);
    while (auto write = writes_.take()) {
        bool again = true;
        std::exception_ptr error;
        for (int attempt = 1; again && attempt <= attempts_max; ++attempt) {
            if (attempt > 1) wait_before(attempt);
            error = write_once(connection, write->work, again);
        }
        write->done(error);
    }
}

std::exception_ptr PostgresDatabase::write_once(
    PostgresConnection& connection, const WriteWork& work, bool& again)
{
    again = false;
    try {
        connection.begin(Access::write);
        PostgresSession session(connection);
        PlatformTx tx(session);
        work(tx);
        connection.commit();
        session.act();
        return nullptr;
    } catch (...) {
        const auto error = std::current_exception();
        again = connection.may_run_again();
        connection.roll_back();
        return error;
    }
}

}  // namespace leadcrm::db
