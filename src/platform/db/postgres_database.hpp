// The PostgreSQL driver: threads with a connection each, half of them for reading, half for
// writing.
//
// Work that meets a serialization failure or a deadlock, or loses its connection before it is
// committed, is run again from its beginning, a few times, after a short random wait; reading only
// when it had not begun. A commit whose answer is lost may have happened, so that is `unavailable`.
//
// Signals are notifications in the transaction, so the server tells every process, this one too,
// and only after the commit. One more connection listens for them.
#pragma once

#include "platform/db/database.hpp"
#include "platform/db/postgres_connection.hpp"
#include "platform/db/postgres_listener.hpp"
#include "platform/db/work_queue.hpp"

#include <map>
#include <thread>
#include <vector>

namespace leadcrm::db {

class PostgresDatabase final : public Database {
public:
    explicit PostgresDatabase(const Settings& settings, Guarding guarding = Guarding::on);
    ~PostgresDatabase() override;  // finishes what is queued

    Dialect dialect() const override { return Dialect::postgres; }
    void start_read(ReadWork work, Done done) override;
    void start_write(WriteWork work, Done done) override;
    void on_signal(std::string channel, std::function<void(std::string_view)> handler) override;

private:
    static constexpr int attempts_max = 6;

    struct Read {
        ReadWork work;
        Done done;
    };
    struct Write {
        WriteWork work;
        Done done;
    };
    using Handlers =
        std::map<std::string, std::vector<std::function<void(std::string_view)>>, std::less<>>;

    void read_queued();
    std::exception_ptr read_once(PostgresConnection& connection, const ReadWork& work, bool& again);
    void write_queued();
    std::exception_ptr write_once(
        PostgresConnection& connection, const WriteWork& work, bool& again);
    void tell(std::string_view news) const;

    const std::string url_;
    const Guarding guarding_;
    WorkQueue<Read> reads_;
    WorkQueue<Write> writes_;
    Handlers handlers_;
    std::vector<std::thread> threads_;
    std::unique_ptr<PostgresListener> listener_;
};

}  // namespace leadcrm::db
