// One connection to a PostgreSQL server, used by one thread at a time: transactions, the tenant,
// prepared statements. Threads and retries: postgres_database.hpp.
//
// Problem. Every exchange with the server is a round trip, and what surrounds a question (BEGIN,
// whose rows may be seen, the lock of the organization) would cost as much as the question itself.
//
// Idea. Nothing is sent before an answer is needed. What opens the transaction is queued and goes
// out in one pipeline with the first statement, and with that statement's preparation if it is new.
// The end of a reading transaction is sent and not waited for; its answer is read with the next
// one's. So reading one thing is one round trip instead of four, and a transaction that asks
// nothing is none.
//
// Trade-off. A trouble with BEGIN shows at the first statement, and an answer is read whole before
// its first row is handed over.
#pragma once

#include "platform/db/guard.hpp"
#include "platform/db/postgres_pipeline.hpp"
#include "platform/db/session.hpp"
#include "platform/db/statement_cache.hpp"

#include <set>
#include <string>
#include <vector>

namespace leadcrm::db {

// Off: only row-level security keeps organizations apart. For the test that it does.
enum class Guarding { on, off };

class PostgresConnection {
public:
    enum class Access { read, write };

    PostgresConnection(const std::string& url, Guarding guarding);
    PostgresConnection(const PostgresConnection&) = delete;
    PostgresConnection& operator=(const PostgresConnection&) = delete;

    // Connects first when there is no connection, or no longer one. Throws Failure::unavailable.
    void begin(Access access);
    std::int64_t run(const Statement& statement, Session::RowHandler each);
    void run_script(const std::string& text);
    void notify(const std::string& payload);
    void commit();
    void roll_back() noexcept;

    // Asked after a failure and before roll_back: whether the same work, run again, may succeed.
    // Its first run has certainly changed nothing then.
    bool may_run_again() const;
    // Whether the server has answered anything since `begin`.
    bool has_answered() const { return has_answered_; }
    // Throws when the role can step around row-level security.
    void check_role();

    static constexpr const char* channel = "leadcrm";  // of notify

private:
    // The server keeps a prepared statement until it is told otherwise.
    class Prepared {
    public:
        Prepared(std::string name, const Permit& permit, std::vector<std::string>& dropped)
            : name_(std::move(name)), only_for_(permit.only_for), dropped_(&dropped)
        {
        }
        Prepared(Prepared&& other) noexcept = default;
        Prepared& operator=(Prepared&& other) = delete;
        ~Prepared()
        {
            if (!name_.empty()) dropped_->push_back(std::move(name_));
        }
        const std::string& name() const { return name_; }
        const std::optional<OrganizationId>& only_for() const { return only_for_; }
        bool in_use() const { return false; }

    private:
        std::string name_;
        std::optional<OrganizationId> only_for_;
        std::vector<std::string>* dropped_;
    };

    void connect();
    void send_opening();
    void enter(const OrganizationId& tenant);
    PostgresResult ask(const Statement& statement);
    PostgresResult prepare_and_ask(
        const Statement& statement, const PostgresParameters& parameters);
    Permit permit_for(const PlainStatement& plain, const Statement& statement);
    void read_table_kinds();
    PostgresResult exchange(std::string_view text);

    PostgresPipeline pipeline_;
    const Guarding guarding_;
    std::vector<std::string> dropped_;  // names of statements the server may forget
    StatementCache<Prepared> statements_;
    std::uint64_t prepared_count_ = 0;
    bool knows_how_to_enter_[2] = {};  // by access: the statement of enter() is prepared
    TableKinds kinds_;

    // The transaction.
    Access access_ = Access::read;
    bool is_opened_ = false;  // BEGIN has been queued
    bool has_answered_ = false;
    bool is_committing_ = false;
    std::optional<OrganizationId> entered_;
};

}  // namespace leadcrm::db
