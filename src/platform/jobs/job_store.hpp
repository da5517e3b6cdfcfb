// The jobs table: claiming and what becomes of a claim. Enqueuing and the dead: jobs.hpp.
//
// A claim is a ticket that is written into the row, and a lease. Everything a worker says about a
// job later names the ticket, so one that was silent for longer than its lease (and whose job
// somebody else has taken) changes nothing.
#pragma once

#include "platform/jobs/jobs.hpp"

namespace leadcrm::jobs::store {

constexpr std::string_view channel = "jobs";  // payload: "0 kind", or "run_at kind" for later

struct Claim {
    JobId id;
    std::string kind;
    std::optional<OrganizationId> organization_id;
    std::string key;
    std::string payload;
    std::int64_t failures = 0;
    std::int64_t attempts_max = 0;
    Instant run_at;
    Uuid ticket{};
};
BOOST_DESCRIBE_STRUCT(
    Claim, (), (id, kind, organization_id, key, payload, failures, attempts_max, run_at, ticket))

// Takes up to `count` due jobs of a kind, the longest due first.
std::vector<Claim> claim(
    db::PlatformTx& tx, const std::string& kind, int count, Instant now, Instant lease_until);

// When the next job of a kind is due, if one waits.
std::optional<Instant> next_due(const db::PlatformReader& db, const std::string& kind);

void renew(db::PlatformTx& tx, const Claim& claim, Instant lease_until);

enum class Ending { done, retry, dead, given_back };

struct Ended {
    Claim claim;
    Ending ending = Ending::done;
    Instant retry_at;
    bool counts_as_failure = true;  // of a retry
    std::string trouble;
};

// Writes down how a claim ended. Returns when the job is due again, if it is to run again.
std::optional<Instant> end(db::PlatformTx& tx, const Ended& ended, Instant now);

// Returns the jobs whose lease ended before `now` to the queue, or to the dead when that was their
// last attempt: a job that kills its worker must not do so for ever. Returns how many they were.
std::int64_t return_lost(db::PlatformTx& tx, Instant now, Instant lease_before);

struct Backlog {
    std::string kind;
    std::int64_t waiting = 0;
    Instant oldest;  // the earliest run_at
};
BOOST_DESCRIBE_STRUCT(Backlog, (), (kind, waiting, oldest))

std::vector<Backlog> backlog(const db::PlatformReader& db);

}  // namespace leadcrm::jobs::store
