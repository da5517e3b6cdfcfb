// The SQLite driver: one thread that writes, several that read.
//
// Problem. A commit is durable once the disk says so, and that takes longer than everything else a
// transaction does: 2.3 ms on the disk this was measured on. A server that commits each webhook
// delivery on its own stores 428 a second there, however fast the rest is.
//
// Idea. SQLite has one writer at a time anyway, so one thread does all writing, and it commits for
// everybody who waits: each piece of work is a savepoint of one real transaction. Work that throws
// is rolled back to its savepoint and gets its own exception; the others are committed together and
// told together, after the commit. The thread never waits for more work to come. While the disk is
// busy with one commit, the next group gathers by itself, so groups grow with the load: inserts of
// one delivery each, on two busy cores, went at 428 a second with one at a time, 10 400 with 32, 25
// 500 with 256.
//
// Trade-off. A commit that fails fails for the whole group, and slow work makes its group wait, so
// a group ends after `group_works_max` pieces or `group_time_max`. Nobody in a group sees a
// half-done neighbour: they run one after another, each complete or undone.
//
// Reading is done on read-only connections, one a thread, each piece of work on one snapshot of the
// write-ahead log; readers and the writer never wait for each other.
#pragma once

#include "platform/db/database.hpp"
#include "platform/db/sqlite_connection.hpp"
#include "platform/db/work_queue.hpp"

#include <chrono>
#include <map>
#include <thread>
#include <vector>

namespace leadcrm::db {

class SqliteDatabase final : public Database {
public:
    explicit SqliteDatabase(const Settings& settings);
    ~SqliteDatabase() override;  // finishes what is queued

    Dialect dialect() const override { return Dialect::sqlite; }
    void start_read(ReadWork work, Done done) override;
    void start_write(WriteWork work, Done done) override;
    void on_signal(std::string channel, std::function<void(std::string_view)> handler) override;

private:
    static constexpr std::size_t group_works_max = 512;
    static constexpr std::chrono::milliseconds group_time_max{10};

    struct Read {
        ReadWork work;
        Done done;
    };
    struct Write {
        WriteWork work;
        Done done;
        std::exception_ptr error = nullptr;
    };
    class WriteSession;

    void read_queued(SqliteConnection& connection);
    void write_queued();
    void write_group(Write first);
    void run_in_savepoint(Write& write, WriteSession& session);
    void tell(std::string_view channel, std::string_view payload) const;

    WorkQueue<Read> reads_;
    WorkQueue<Write> writes_;
    std::map<std::string, std::vector<std::function<void(std::string_view)>>, std::less<>>
        handlers_;
    SqliteConnection writer_;
    std::vector<std::unique_ptr<SqliteConnection>> readers_;
    std::vector<std::thread> threads_;
};

}  // namespace leadcrm::db
