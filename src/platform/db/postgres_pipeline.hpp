// The wire to a PostgreSQL server: commands are queued, and go out together with the first one
// whose answer is awaited. What is said on it: postgres_connection.hpp.
#pragma once

#include "platform/db/postgres_values.hpp"

#include <libpq-fe.h>

#include <memory>
#include <string>

namespace leadcrm::db {

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, ClearResult>;

struct CloseConnection {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
using PostgresHandle = std::unique_ptr<PGconn, CloseConnection>;

// Tries a few times, for a server that is just starting. Throws Failure::unavailable.
PostgresHandle connect_to_postgres(const std::string& url);

class PostgresPipeline {
public:
    explicit PostgresPipeline(std::string url) : url_(std::move(url)) { }

    void connect();
    void disconnect() { handle_.reset(); }
    bool is_lost() const { return !handle_ || PQstatus(handle_.get()) != CONNECTION_OK; }

    void send(const char* text, const PostgresParameters& parameters = {{}, {}});
    void send_preparation(
        const std::string& name, const std::string& text, const PostgresParameters& parameters);
    void send_prepared(const std::string& name, const PostgresParameters& parameters);
    // Sends what is queued without waiting for the answers.
    void flush();
    // Sends what is queued and reads all answers; returns the last. Throws for the first error;
    // `text` is what the log calls the statement.
    PostgresResult exchange(std::string_view text);
    // Any number of statements, at once and without values. Nothing may be queued.
    void run_script(const std::string& text);

    // Of the last error; empty when the connection was lost without a word.
    const std::string& sqlstate() const { return sqlstate_; }
    void forget_error() { sqlstate_.clear(); }

private:
    void check_sent(int sent);
    [[noreturn]] void fail(const PGresult* result, std::string_view text);

    const std::string url_;
    PostgresHandle handle_;
    std::string sqlstate_;
    int awaited_ = 0;  // ends of groups that have been sent and not been read
};

}  // namespace leadcrm::db
