#include "platform/db/sqlite_connection.hpp"

#include "platform/db/errors.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstring>
#include <mutex>

namespace leadcrm::db {
namespace {

// The handlers copy what they keep, so cells are handed over where SQLite has them. A cell is asked
// for once and then for its type, its bytes and their number: sqlite3_column_… would look it up
// again each time, which took a third of the time a list of leads takes. On a connection of one
// thread the two are the same (SQLite: "protected" values).
class SqliteRow final : public Row {
public:
    SqliteRow(sqlite3_stmt* statement, int columns) : statement_(statement), columns_(columns) { }

    std::size_t size() const override { return static_cast<std::size_t>(columns_); }
    bool is_null(std::size_t column) const override
    {
        return sqlite3_value_type(cell(column)) == SQLITE_NULL;
    }
    bool boolean(std::size_t column) const override { return integer(column) != 0; }
    std::int64_t integer(std::size_t column) const override
    {
        return sqlite3_value_int64(cell_of_type(column, SQLITE_INTEGER, "a whole number"));
    }
    double real(std::size_t column) const override
    {
        auto* value = cell(column);
        if (sqlite3_value_type(value) != SQLITE_INTEGER)
            value = cell_of_type(column, SQLITE_FLOAT, "a number");
        return sqlite3_value_double(value);
    }
    std::string_view text(std::size_t column) const override
    {
        auto* value = cell_of_type(column, SQLITE_TEXT, "text");
        const auto* data = sqlite3_value_text(value);
        return {reinterpret_cast<const char*>(data), length(value)};
    }
    Uuid uuid(std::size_t column) const override
    {
        Uuid uuid;
        auto* value = cell_of_type(column, SQLITE_BLOB, "an id");
        if (length(value) != uuid.size()) refuse(column, "an id");
        std::memcpy(uuid.data(), bytes(value), uuid.size());
        return uuid;
    }
    std::string blob(std::size_t column) const override
    {
        auto* value = cell_of_type(column, SQLITE_BLOB, "bytes");
        return {static_cast<const char*>(bytes(value)), length(value)};
    }

private:
    sqlite3_value* cell(std::size_t column) const
    {
        if (column != column_) {
            cell_ = sqlite3_column_value(statement_, static_cast<int>(column));
            column_ = column;
        }
        return cell_;
    }
    sqlite3_value* cell_of_type(std::size_t column, int wanted, const char* what) const
    {
        auto* value = cell(column);
        if (sqlite3_value_type(value) != wanted) refuse(column, what);
        return value;
    }
    static std::size_t length(sqlite3_value* value)
    {
        return static_cast<std::size_t>(sqlite3_value_bytes(value));
    }
    // Never null, though SQLite has none for zero bytes.
    static const void* bytes(sqlite3_value* value)
    {
        const auto* data = sqlite3_value_blob(value);
        return data ? data : "";
    }
    [[noreturn]] void refuse(std::size_t column, const char* what) const
    {
        throw Failure::internal("column " + std::to_string(column + 1) + " does not hold " + what
            + ": " + sqlite3_sql(statement_));
    }

    sqlite3_stmt* statement_;
    int columns_;
    mutable std::size_t column_ = static_cast<std::size_t>(-1);
    mutable sqlite3_value* cell_ = nullptr;
};

// Values outlive the statement's run, so SQLite need not copy them.
struct Bind {
    sqlite3_stmt* statement;
    int slot;

    int operator()(std::monostate) const { return sqlite3_bind_null(statement, slot); }
    int operator()(bool value) const { return sqlite3_bind_int(statement, slot, value); }
    int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, slot, value); }
    int operator()(double value) const { return sqlite3_bind_double(statement, slot, value); }
    int operator()(const std::string& value) const
    {
        return sqlite3_bind_text64(
            statement, slot, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    int operator()(const Uuid& value) const { return bytes(value.data(), value.size()); }
    int operator()(const Blob& value) const
    {
        return bytes(value.bytes.data(), value.bytes.size());
    }
    int operator()(const JsonText& value) const { return (*this)(value.text); }

    int bytes(const void* data, std::size_t size) const
    {
        return sqlite3_bind_blob64(statement, slot, data, size, SQLITE_STATIC);
    }
};

// The tables a statement is going to touch, collected by SQLite's authorizer.
struct Touched {
    std::set<std::string> read;
    std::set<std::string> changed;

    static int note(
        void* touched, int action, const char* table, const char*, const char*, const char*)
    {
        auto& found = *static_cast<Touched*>(touched);
        if (action == SQLITE_READ) found.read.insert(table);
        if (action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE)
            found.changed.insert(table);
        return SQLITE_OK;
    }
};

// Each connection belongs to one thread, so SQLite's own locks would only cost time; and its
// count of memory takes one lock for all threads at every allocation.
void set_up_library()
{
    static std::once_flag once;
    std::call_once(once, [] {
        sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    });
}

// Nobody else on the machine may read a new database; SQLite gives its companions the same mode.
void make_private_file(const std::filesystem::path& file)
{
    const int made = ::open(file.c_str(), O_CREAT | O_CLOEXEC | O_RDWR, 0600);
    if (made >= 0) ::close(made);
}

}  // namespace

SqliteConnection::SqliteConnection(const std::filesystem::path& file, Access access)
{
    set_up_library();
    open(file, access);
    // cache_size is in KiB and filled as needed. Another process, such as a command beside the
    // server, may hold the write lock for as long as busy_timeout says.
    run_script(R"sql(
        PRAGMA busy_timeout = 10000;
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = ON;
        PRAGMA secure_delete = ON;
        PRAGMA trusted_schema = OFF;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -16000;
    )sql");
    if (access == Access::write)
        run_script(R"sql(
            PRAGMA journal_mode = WAL;
            PRAGMA journal_size_limit = 67108864;
            PRAGMA wal_autocheckpoint = 4000;
        )sql");
    static constexpr std::array<const char*, 7> texts = {"BEGIN", "BEGIN IMMEDIATE", "COMMIT",
        "ROLLBACK", "SAVEPOINT work", "RELEASE work", "ROLLBACK TO work"};
    for (std::size_t i = 0; i < texts.size(); ++i)
        steps_[i] = prepare_plain(texts[i], SQLITE_PREPARE_PERSISTENT);
}

void SqliteConnection::open(const std::filesystem::path& file, Access access)
{
    if (access == Access::write) make_private_file(file);
    const int mode =
        access == Access::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(
        file.c_str(), &opened, mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    database_.reset(opened);
    if (code != SQLITE_OK) fail(code, "opening " + file.string());
}

void SqliteConnection::fail(int code, std::string_view text) const
{
    const char* why = database_ ? sqlite3_errmsg(database_.get()) : sqlite3_errstr(code);
    throw sqlite_failure(code, std::string(why) + ": " + std::string(text));
}

void SqliteConnection::run_script(const std::string& text)
{
    statements_.clear();
    kinds_.clear();
    const int code = sqlite3_exec(database_.get(), text.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code, text);
}

void SqliteConnection::take(Step step)
{
    auto* statement = steps_[static_cast<std::size_t>(step)].get();
    sqlite3_step(statement);
    const int code = sqlite3_reset(statement);
    if (code != SQLITE_OK) fail(code, sqlite3_sql(statement));
    // An undone savepoint is still there.
    if (step == Step::undo) take(Step::keep);
}

void SqliteConnection::abandon() noexcept
{
    if (!is_in_transaction()) return;
    auto* statement = steps_[static_cast<std::size_t>(Step::roll_back)].get();
    sqlite3_step(statement);
    sqlite3_reset(statement);
}

SqliteConnection::Handle SqliteConnection::prepare_plain(const std::string& text, unsigned flags)
{
    sqlite3_stmt* prepared = nullptr;
    const int code = sqlite3_prepare_v3(database_.get(), text.c_str(),
        static_cast<int>(text.size() + 1), flags, &prepared, nullptr);
    Handle handle(prepared);
    if (code != SQLITE_OK) fail(code, text);
    if (!handle) throw Failure::internal("an empty statement");
    return handle;
}

SqliteConnection::Prepared SqliteConnection::prepare(const Statement& statement)
{
    const auto text = plain(statement);
    const auto permit = permit_for(text, statement);
    Prepared prepared;
    prepared.handle = prepare_permitted(text, statement, permit);
    prepared.only_for = permit.only_for;
    auto* handle = prepared.handle.get();
    prepared.columns = sqlite3_column_count(handle);
    // SQLite takes `$2` for a name and counts names as they appear.
    const auto count = statement.values.size() + (statement.tenant ? 1 : 0);
    for (std::size_t number = 1; number <= count; ++number)
        prepared.slots.push_back(
            sqlite3_bind_parameter_index(handle, ("$" + std::to_string(number)).c_str()));
    return prepared;
}

// A table that is not known may have been made since the schema was read.
Permit SqliteConnection::permit_for(const PlainStatement& plain, const Statement& statement)
{
    if (!kinds_.empty()) {
        try {
            return check_tenancy(plain, statement.tenant, kinds_);
        } catch (const Failure&) {
        }
    }
    read_table_kinds();
    return check_tenancy(plain, statement.tenant, kinds_);
}

// SQLite names the tables while it prepares; what it reads to check a foreign key is among them.
SqliteConnection::Handle SqliteConnection::prepare_permitted(
    const PlainStatement& plain, const Statement& statement, const Permit& permit)
{
    Touched touched;
    sqlite3_set_authorizer(database_.get(), Touched::note, &touched);
    Handle handle;
    try {
        handle = prepare_plain(plain.text, SQLITE_PREPARE_PERSISTENT);
    } catch (...) {
        sqlite3_set_authorizer(database_.get(), nullptr, nullptr);
        throw;
    }
    sqlite3_set_authorizer(database_.get(), nullptr, nullptr);
    if (sqlite3_stmt_readonly(handle.get())) touched.changed.merge(touched.read);
    check_touched(plain, touched.changed, statement.tenant, kinds_, permit);
    return handle;
}

// Search tables are left out: there is one for each organization, and the guard knows their names.
void SqliteConnection::read_table_kinds()
{
    const auto columns = prepare_plain(R"sql(
        SELECT t.name, c.name, c.pk = 1 OR t.type = 'view'
        FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
        WHERE t.type = 'table' AND t.name NOT GLOB 'lead_search_*'
            OR t.type = 'view' AND c.name = 'organization_id'
    )sql",
        0);
    kinds_.clear();
    while (sqlite3_step(columns.get()) == SQLITE_ROW) {
        const SqliteRow row(columns.get(), 3);
        note_column(kinds_, row.text(0), row.text(1), row.boolean(2));
    }
}

std::int64_t SqliteConnection::run(const Statement& statement, Session::RowHandler each)
{
    auto* known = statements_.find(statement);
    // A row's handler may ask the very question whose answer it is being handed.
    if (known && known->in_use()) {
        auto another = prepare(statement);
        return run(another, statement, each);
    }
    return run(known ? *known : statements_.add(statement, prepare(statement)), statement, each);
}

std::int64_t SqliteConnection::run(
    Prepared& prepared, const Statement& statement, Session::RowHandler each)
{
    if (prepared.only_for && prepared.only_for != statement.tenant)
        throw Failure::internal(
            "another organization's search table: " + std::string(statement.text));
    auto* handle = prepared.handle.get();
    const std::size_t own = statement.tenant ? 1 : 0;
    if (prepared.slots.size() != statement.values.size() + own)
        throw Failure::internal("the number of values has changed: " + std::string(statement.text));
    int code = SQLITE_OK;
    if (own && prepared.slots[0]) code = Bind{handle, prepared.slots[0]}(statement.tenant->uuid);
    for (std::size_t i = 0; i < statement.values.size() && code == SQLITE_OK; ++i)
        if (const int slot = prepared.slots[i + own])
            code = std::visit(Bind{handle, slot}, statement.values[i]);
    if (code != SQLITE_OK) fail(code, statement.text);
    return step_through(prepared, statement.text, each);
}

std::int64_t SqliteConnection::step_through(
    Prepared& prepared, std::string_view text, Session::RowHandler each)
{
    struct Running {
        explicit Running(Prepared& prepared) : prepared(prepared) { prepared.is_running = true; }
        ~Running()
        {
            sqlite3_reset(prepared.handle.get());
            prepared.is_running = false;
        }
        Prepared& prepared;
    };
    const Running running(prepared);
    auto* handle = prepared.handle.get();
    std::int64_t rows = 0;
    int code = sqlite3_step(handle);
    for (; code == SQLITE_ROW; code = sqlite3_step(handle)) {
        ++rows;
        if (each) each(SqliteRow(handle, prepared.columns));
    }
    if (code != SQLITE_DONE) fail(code, text);
    return prepared.columns ? rows : sqlite3_changes64(database_.get());
}

}  // namespace leadcrm::db
