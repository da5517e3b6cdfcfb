// Work that must happen, later: durable, claimed by workers, retried with backoff and jitter, kept
// for a person to look at when it fails for good. Jobs live in the same database, so that enqueuing
// one is part of the caller's transaction.
#pragma once

#include "platform/db/database.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace leadcrm::jobs {

using JobId = Id<"job">;

struct Order {
    std::string kind;  // "meta.fetch_leads"
    std::string payload = "{}";  // JSON, no secrets
    // Jobs of one kind with the same key run one at a time, and while one with the key waits,
    // another order changes nothing (it is already on its way). Empty: no such limit.
    std::string key = {};
    std::chrono::milliseconds delay {0};
    int attempts_max = 12;
};

// The organization of a tenant's order is that of its session; a platform order has none.
void enqueue(db::Tx& tx, const Order& order);
void enqueue(db::PlatformTx& tx, const Order& order);

struct Job {
    JobId id;
    std::string kind;
    std::optional<OrganizationId> organization_id;
    std::string key;
    std::string payload;
    int attempt = 1;
};

// What a handler throws to say when, or that never, to try again. Any other exception is retried
// with exponential backoff and full jitter (1 s … 1 h) until attempts_max, then dead.
struct TryAgain : std::runtime_error {
    TryAgain(std::chrono::milliseconds after, const std::string& why);
    std::chrono::milliseconds after;
};
struct GiveUp : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Limits {
    int at_once = 4;  // of this kind, in this process
    std::chrono::seconds lease {60};  // a worker silent for so long has died; renewed while running
};

// Runs jobs on `threads` threads of its own; handlers are plain blocking functions.
class Workers {
public:
    using Handler = std::function<void(const Job&)>;

    explicit Workers(db::Database& database, int threads = 4);
    ~Workers();  // stops

    void handle(std::string kind, Handler handler, Limits limits = {});
    void start();
    // Lets running jobs finish (up to `patience`), gives the rest back.
    void stop(std::chrono::milliseconds patience = std::chrono::seconds(10));
    // Runs what is due until nothing is, on the calling thread: for tests and commands.
    void run_due();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace leadcrm::jobs
