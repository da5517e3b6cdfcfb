#include "platform/testing/tableless_database.hpp"

namespace leadcrm::testing {

namespace {

class TablelessSession : public db::Session {
public:
    db::Dialect dialect() const override { return db::Dialect::sqlite; }
    std::int64_t run(const db::Statement& statement, RowHandler) override
    {
        throw Failure::internal("there are no tables here: " + std::string(statement.text));
    }
    void run_script(const std::string& text) override
    {
        throw Failure::internal("there are no tables here: " + text);
    }
    void after_commit(std::function<void()> action) override { action(); }
    void signal(std::string_view, std::string_view) override { }
};

template <class Connection, class Work>
void run_one(const Work& work, const db::Database::Done& done)
{
    std::exception_ptr error;
    try {
        TablelessSession session;
        Connection db(session);
        work(db);
    } catch (...) {
        error = std::current_exception();
    }
    done(error);
}

}  // namespace

TablelessDatabase::TablelessDatabase() : thread_([this] { run(); }) { }

TablelessDatabase::~TablelessDatabase()
{
    {
        const std::lock_guard lock(mutex_);
        over_ = true;
    }
    news_.notify_all();
    thread_.join();
}

void TablelessDatabase::start_read(ReadWork work, Done done)
{
    put([this, work = std::move(work), done = std::move(done)] {
        ++reads;
        run_one<db::PlatformReader>(work, done);
    });
}

void TablelessDatabase::start_write(WriteWork work, Done done)
{
    put([this, work = std::move(work), done = std::move(done)] {
        ++writes;
        run_one<db::PlatformTx>(work, done);
    });
}

void TablelessDatabase::on_signal(std::string, std::function<void(std::string_view)>) { }

void TablelessDatabase::put(std::function<void()> work)
{
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back(std::move(work));
    }
    news_.notify_one();
}

void TablelessDatabase::run()
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

}  // namespace leadcrm::testing
