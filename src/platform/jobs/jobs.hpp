// Work that must happen, later: durable, claimed by workers, retried with backoff and jitter, kept
// for a person to look at when it fails for good. Jobs live in the same database, so that enqueuing
// one is part of the caller's transaction. The table: job_store.hpp. The threads: workers.cpp.
#pragma once

#include "platform/db/database.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace leadcrm::jobs {

using JobId = Id<"job">;

struct Order {
    std::string kind;  // "meta.fetch_leads"
    std::string payload = "{}";  // JSON, no secrets
    // Orders with the same kind and key (and organization) ask for the same work. They run one at a
    // time; while one waits, another only brings it forward (but not out of a retry's wait); one
    // that comes while the work is running makes it run once more. Empty: no such limit.
    std::string key = {};
    std::chrono::milliseconds delay{0};
    int attempts_max = 12;
};

// The organization of a tenant's order is that of its session; a platform order has none.
void enqueue(db::Tx& tx, const Order& order);
void enqueue(db::PlatformTx& tx, const Order& order);

// A job may run more than once: its worker can die between the work and the note that it is done.
struct Job {
    JobId id;
    std::string kind;
    std::optional<OrganizationId> organization_id;
    std::string key;
    std::string payload;
    int attempt = 1;
};

// What a handler throws to say when, or that never, to try again. TryAgain does not count as a
// failed attempt. Any other exception does, and is retried with exponential backoff and full jitter
// (1 s … 1 h) until attempts_max, then dead.
struct TryAgain : std::runtime_error {
    TryAgain(std::chrono::milliseconds after, const std::string& why);
    std::chrono::milliseconds after;
};
struct GiveUp : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Limits {
    int at_once = 4;  // of this kind, in this process
    std::chrono::seconds lease{60};  // a worker silent for so long has died; renewed while running
};

// Runs jobs on `threads` threads of its own; handlers are plain blocking functions.
class Workers {
public:
    using Handler = std::function<void(const Job&)>;

    explicit Workers(db::Database& database, int threads = 4);
    ~Workers();  // stops

    void handle(std::string kind, Handler handler, Limits limits = {});
    void start();
    // Begins no more and lets running jobs finish (up to `patience`). What is still running then is
    // given back, and `interrupt` is called to end what its handlers wait for, such as a
    // net::Client. Returns when the last handler has.
    void stop(std::chrono::milliseconds patience = std::chrono::seconds(10),
        const std::function<void()>& interrupt = {});
    // Runs what is due until nothing is, on the calling thread: for tests and commands.
    void run_due();

private:
    struct State;
    std::shared_ptr<State> state_;
};

// The jobs that failed for good.
struct DeadJob {
    JobId id;
    std::string kind;
    std::optional<OrganizationId> organization_id;
    std::string key;
    std::string payload;
    std::int64_t failures = 0;
    std::string trouble;
    Instant created_at;
    Instant died_at;
};
BOOST_DESCRIBE_STRUCT(
    DeadJob, (), (id, kind, organization_id, key, payload, failures, trouble, created_at, died_at))

// Newest order first, beginning behind `after`.
std::vector<DeadJob> list_dead(
    const db::PlatformReader& db, std::optional<JobId> after = {}, int limit = 50);

// Lets a dead job begin anew. False when there is no such dead job.
bool retry_dead(db::PlatformTx& tx, JobId id);

}  // namespace leadcrm::jobs
