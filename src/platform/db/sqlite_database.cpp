#include "platform/db/sqlite_database.hpp"

namespace leadcrm::db {
namespace {

class ReadSession final : public Session {
public:
    explicit ReadSession(SqliteConnection& connection) : connection_(connection) { }
    Dialect dialect() const override { return Dialect::sqlite; }
    std::int64_t run(const Statement& statement, RowHandler each) override
    {
        return connection_.run(statement, each);
    }
    void run_script(const std::string& text) override { connection_.run_script(text); }
    void after_commit(std::function<void()>) override { refuse(); }
    void signal(std::string_view, std::string_view) override { refuse(); }

private:
    [[noreturn]] static void refuse()
    {
        throw Failure::internal("nothing is committed after reading");
    }

    SqliteConnection& connection_;
};

using Step = SqliteConnection::Step;

}  // namespace

// What the members of one group ask for after their common commit, in order.
class SqliteDatabase::WriteSession final : public Session {
public:
    explicit WriteSession(SqliteDatabase& database) : database_(database) { }
    Dialect dialect() const override { return Dialect::sqlite; }
    std::int64_t run(const Statement& statement, RowHandler each) override
    {
        return database_.writer_.run(statement, each);
    }
    void run_script(const std::string& text) override { database_.writer_.run_script(text); }
    void after_commit(std::function<void()> action) override
    {
        actions_.push_back(std::move(action));
    }
    void signal(std::string_view channel, std::string_view payload) override
    {
        actions_.push_back([this, channel = std::string(channel), payload = std::string(payload)] {
            database_.tell(channel, payload);
        });
    }

    std::size_t actions() const { return actions_.size(); }
    void forget_actions_after(std::size_t count) { actions_.resize(count); }
    void act() const
    {
        for (const auto& action : actions_) action();
    }

private:
    SqliteDatabase& database_;
    std::vector<std::function<void()>> actions_;
};

SqliteDatabase::SqliteDatabase(const Settings& settings)
    : reads_(static_cast<std::size_t>(settings.queue_max))
    , writes_(static_cast<std::size_t>(settings.queue_max))
    , writer_(settings.file, SqliteConnection::Access::write)
{
    for (int i = 0; i < settings.readers; ++i)
        readers_.push_back(
            std::make_unique<SqliteConnection>(settings.file, SqliteConnection::Access::read));
    threads_.emplace_back([this] { write_queued(); });
    for (auto& reader : readers_) threads_.emplace_back([this, &reader] { read_queued(*reader); });
}

SqliteDatabase::~SqliteDatabase()
{
    reads_.close();
    writes_.close();
    for (auto& thread : threads_) thread.join();
}

void SqliteDatabase::start_read(ReadWork work, Done done)
{
    reads_.add({std::move(work), std::move(done)});
}

void SqliteDatabase::start_write(WriteWork work, Done done)
{
    writes_.add({std::move(work), std::move(done)});
}

void SqliteDatabase::on_signal(std::string channel, std::function<void(std::string_view)> handler)
{
    handlers_[std::move(channel)].push_back(std::move(handler));
}

void SqliteDatabase::tell(std::string_view channel, std::string_view payload) const
{
    const auto found = handlers_.find(channel);
    if (found == handlers_.end()) return;
    for (const auto& handler : found->second) handler(payload);
}

void SqliteDatabase::read_queued(SqliteConnection& connection)
{
    ReadSession session(connection);
    while (auto read = reads_.take()) {
        std::exception_ptr error;
        try {
            connection.take(Step::begin_read);
            PlatformReader reader(session);
            read->work(reader);
        } catch (...) {
            error = std::current_exception();
        }
        connection.abandon();
        read->done(error);
    }
}

void SqliteDatabase::write_queued()
{
    while (auto first = writes_.take()) write_group(std::move(*first));
}

void SqliteDatabase::write_group(Write first)
{
    const auto end = std::chrono::steady_clock::now() + group_time_max;
    WriteSession session(*this);
    std::vector<Write> group;
    group.push_back(std::move(first));
    bool committed = false;
    try {
        writer_.take(Step::begin_write);
        run_in_savepoint(group.back(), session);
        while (group.size() < group_works_max && std::chrono::steady_clock::now() < end) {
            auto next = writes_.take_waiting();
            if (!next) break;
            group.push_back(std::move(*next));
            run_in_savepoint(group.back(), session);
        }
        writer_.take(Step::commit);
        committed = true;
    } catch (...) {
        const auto failure = std::current_exception();
        writer_.abandon();
        for (auto& write : group)
            if (!write.error) write.error = failure;
    }
    if (committed) session.act();
    for (auto& write : group) write.done(write.error);
}

// Throws only when the whole group is lost.
void SqliteDatabase::run_in_savepoint(Write& write, WriteSession& session)
{
    const auto actions_before = session.actions();
    writer_.take(Step::save);
    try {
        PlatformTx tx(session);
        write.work(tx);
    } catch (...) {
        write.error = std::current_exception();
        session.forget_actions_after(actions_before);
    }
    // After errors such as a full disk SQLite has rolled everything back on its own.
    if (!writer_.is_in_transaction()) {
        if (write.error) std::rethrow_exception(write.error);
        throw Failure::internal("a piece of work has ended the transaction it ran in");
    }
    writer_.take(write.error ? Step::undo : Step::keep);
}

}  // namespace leadcrm::db
