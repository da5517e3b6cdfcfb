// The database: an embedded SQLite file, or a PostgreSQL server named by an address. Work is a
// plain function over a session; it runs on one of the database's own threads.
//
// Write functions may run more than once (PostgreSQL asks for a retry after a serialization failure
// or a deadlock), so they set what they capture rather than add to it. A function that throws is
// rolled back and its exception handed to the caller.
#pragma once

#include "platform/db/session.hpp"

#include <exception>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>

namespace leadcrm::db {

struct Settings {
    std::filesystem::path file;  // SQLite, when url is empty; ":memory:" is not offered, use a file
    std::string url;  // postgresql://…
    int readers = 4;  // connections for reading (and, on PostgreSQL, as many for writing)
    int queue_max = 10'000;  // waiting pieces of work; one more is refused with `unavailable`
};

class Database {
public:
    using ReadWork = std::function<void(PlatformReader&)>;
    using WriteWork = std::function<void(PlatformTx&)>;
    using Done = std::function<void(std::exception_ptr)>;  // null: read, or committed durably

    // Opens, checks that the role cannot step around row-level security, does not migrate.
    static std::unique_ptr<Database> open(const Settings& settings);
    virtual ~Database() = default;

    virtual Dialect dialect() const = 0;

    // Non-blocking, thread-safe; `done` is called on a database thread. They throw
    // Failure::unavailable, without calling `done`, when the queue is full or closed.
    virtual void start_read(ReadWork work, Done done) = 0;
    virtual void start_write(WriteWork work, Done done) = 0;

    // Called on a database thread after a commit, here or on another node, that signalled
    // `channel`. Handlers are added before the first work starts.
    virtual void on_signal(
        std::string channel, std::function<void(std::string_view payload)> handler) = 0;

    // Blocking, for job workers, commands and tests; never on an I/O or database thread.
    template <class F>
    auto read(OrganizationId organization, F&& work)
    {
        return read_platform([&](PlatformReader& db) {
            Reader reader = db.in_organization(organization);
            return work(reader);
        });
    }
    template <class F>
    auto write(OrganizationId organization, F&& work)
    {
        return write_platform([&](PlatformTx& db) {
            Tx tx = db.in_organization(organization);
            return work(tx);
        });
    }
    template <class F>
    auto read_platform(F&& work)
    {
        return wait_for<PlatformReader>(work, [this](ReadWork w, Done d) { start_read(w, d); });
    }
    template <class F>
    auto write_platform(F&& work)
    {
        return wait_for<PlatformTx>(work, [this](WriteWork w, Done d) { start_write(w, d); });
    }

private:
    template <class Connection, class F, class Start>
    static auto wait_for(F& work, const Start& start)
    {
        using Result = std::invoke_result_t<F&, Connection&>;
        // Shared, because the waiting thread may go on while set_value is still at work.
        auto finished = std::make_shared<std::promise<void>>();
        auto future = finished->get_future();
        auto done = [finished](std::exception_ptr error) {
            error ? finished->set_exception(error) : finished->set_value();
        };
        if constexpr (std::is_void_v<Result>) {
            start([&](Connection& db) { work(db); }, done);
            future.get();
        } else {
            std::optional<Result> result;
            start([&](Connection& db) { result.emplace(work(db)); }, done);
            future.get();
            return Result(std::move(*result));
        }
    }
};

// Brings the schema up to date: the embedded migrations that are not in it yet, in one transaction
// under a lock. On PostgreSQL then switches row-level security on, forced, for every tenant table.
// Throws Failure::internal when the schema is newer than this program.
void migrate(Database& database);

}  // namespace leadcrm::db
