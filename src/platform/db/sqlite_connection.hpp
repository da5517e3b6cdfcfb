// One connection to a SQLite file, used by one thread at a time: prepared statements kept by their
// text, `$n` bound, rows handed over where they lie. Threads and transactions: sqlite_database.hpp.
#pragma once

#include "platform/db/guard.hpp"
#include "platform/db/session.hpp"
#include "platform/db/statement_cache.hpp"

#include <sqlite3.h>

#include <array>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace leadcrm::db {

class SqliteConnection {
public:
    enum class Access { read, write };

    SqliteConnection(const std::filesystem::path& file, Access access);
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    std::int64_t run(const Statement& statement, Session::RowHandler each);
    void run_script(const std::string& text);

    // The statements around the work itself, each prepared once. Savepoints nest inside
    // `begin_write`.
    enum class Step { begin_read, begin_write, commit, roll_back, save, keep, undo };
    void take(Step step);
    // Rolls back what is open, if anything. SQLite ends the transaction even when it reports an
    // error.
    void abandon() noexcept;
    bool is_in_transaction() const { return sqlite3_get_autocommit(database_.get()) == 0; }

private:
    struct CloseDatabase {
        void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
    };
    struct FinalizeStatement {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    using Handle = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

    struct Prepared {
        Handle handle;
        std::vector<int> slots;  // SQLite's index of $n at [n - 1], 0 when the text has no $n
        int columns = 0;
        std::optional<OrganizationId> only_for;
        bool is_running = false;
        bool in_use() const { return is_running; }
    };

    void open(const std::filesystem::path& file, Access access);
    Prepared prepare(const Statement& statement);
    Permit permit_for(const PlainStatement& plain, const Statement& statement);
    Handle prepare_permitted(
        const PlainStatement& plain, const Statement& statement, const Permit& permit);
    void read_table_kinds();
    Handle prepare_plain(const std::string& text, unsigned flags);
    std::int64_t run(Prepared& prepared, const Statement& statement, Session::RowHandler each);
    std::int64_t step_through(Prepared& prepared, std::string_view text, Session::RowHandler each);
    [[noreturn]] void fail(int code, std::string_view text) const;

    std::unique_ptr<sqlite3, CloseDatabase> database_;
    StatementCache<Prepared> statements_;
    std::array<Handle, 7> steps_;
    TableKinds kinds_;  // read when a statement mentions a table that is not there yet
};

}  // namespace leadcrm::db
