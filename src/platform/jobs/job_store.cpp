#include "platform/jobs/job_store.hpp"

#include <algorithm>

namespace leadcrm::jobs {
namespace {

struct NewJob {
    JobId id;
    std::string kind;
    std::string key;
    std::string payload;
    std::string state;
    Instant run_at;
    std::int64_t failures = 0;
    std::int64_t attempts_max = 0;
    std::string trouble;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(NewJob, (),
    (id, kind, key, payload, state, run_at, failures, attempts_max, trouble, created_at))

// The update locks the row even when it changes nothing: a worker can then claim (or finish) the
// job only after this transaction, and sees the rows that it was ordered for. An earlier time wins,
// but not over the wait that a failure has earned.
const std::string once_sql = R"sql(
        DO UPDATE SET
            run_at = CASE WHEN jobs.state = 'waiting' AND jobs.trouble = ''
                    AND EXCLUDED.run_at < jobs.run_at
                THEN EXCLUDED.run_at ELSE jobs.run_at END,
            again_at = CASE WHEN jobs.state = 'running'
                    AND (jobs.again_at IS NULL OR EXCLUDED.run_at < jobs.again_at)
                THEN EXCLUDED.run_at ELSE jobs.again_at END
    )sql";

const std::string enqueue_in_organization_sql = R"sql(
        INSERT INTO jobs (organization_id, {columns})
        VALUES ($1, {values})
        ON CONFLICT (kind, organization_id, key) WHERE key <> '' AND state <> 'dead')sql"
    + once_sql;

const std::string enqueue_for_platform_sql = R"sql(
        INSERT INTO jobs ({columns})
        VALUES ({values})
        ON CONFLICT (kind, key) WHERE organization_id IS NULL AND key <> '' AND state <> 'dead')sql"
    + once_sql;

template <class Transaction>
void insert(Transaction& tx, std::string_view sql, const Order& order)
{
    const auto now = Instant::now();
    const NewJob job{JobId::make(), order.kind, order.key, order.payload, "waiting",
        now + order.delay, 0, order.attempts_max, "", now};
    tx.store(sql, job);
    // Equal payloads of one transaction are sent once, so what is due now does not say when.
    const auto due_us = order.delay.count() > 0 ? job.run_at.us : 0;
    tx.signal(store::channel, std::to_string(due_us) + ' ' + order.kind);
}

}  // namespace

void enqueue(db::Tx& tx, const Order& order) { insert(tx, enqueue_in_organization_sql, order); }

void enqueue(db::PlatformTx& tx, const Order& order)
{
    insert(tx, enqueue_for_platform_sql, order);
}

std::vector<DeadJob> list_dead(const db::PlatformReader& db, std::optional<JobId> after, int limit)
{
    db::Sql sql("SELECT id, kind, organization_id, key, payload, failures, trouble, created_at,"
                " run_at AS died_at FROM jobs WHERE state = 'dead'");
    if (after) sql.add(" AND id < $", *after);
    sql.add(" ORDER BY id DESC LIMIT $", limit);
    return db.rows<DeadJob>(sql);
}

bool retry_dead(db::PlatformTx& tx, JobId id)
{
    constexpr auto revive_sql = R"sql(
        UPDATE jobs SET state = 'waiting', run_at = $2, failures = 0
        WHERE id = $1 AND state = 'dead' AND (key = '' OR NOT EXISTS (
            SELECT 1 FROM jobs AS live
            WHERE live.kind = jobs.kind AND live.key = jobs.key AND live.state <> 'dead'
                AND live.organization_id IS NOT DISTINCT FROM jobs.organization_id))
    )sql";
    const auto kind =
        tx.row<std::string>("SELECT kind FROM jobs WHERE id = $1 AND state = 'dead'", id);
    if (!kind) return false;
    // When the same work was ordered anew since, this job has nothing left to do.
    if (tx.run(revive_sql, id, Instant::now()) == 0)
        tx.run("DELETE FROM jobs WHERE id = $1 AND state = 'dead'", id);
    tx.signal(store::channel, "0 " + *kind);
    return true;
}

namespace store {

std::vector<Claim> claim(
    db::PlatformTx& tx, const std::string& kind, int count, Instant now, Instant lease_until)
{
    // SQLite has one writer, so nobody else can be claiming there. Materialized, because
    // PostgreSQL may otherwise run the inner query more than once and claim more than `count`.
    db::Sql sql("WITH due AS MATERIALIZED ("
                " SELECT id FROM jobs WHERE kind = $1 AND state = 'waiting' AND run_at <= $2"
                " ORDER BY run_at LIMIT $3",
        kind, now, count);
    if (tx.dialect() == db::Dialect::postgres) sql.add(" FOR UPDATE SKIP LOCKED");
    sql.add(") UPDATE jobs SET state = 'running', ticket = $, lease_until = $"
            " WHERE id IN (SELECT id FROM due) RETURNING {columns}",
        make_uuid(), lease_until);
    auto claims = tx.rows<Claim>(sql);
    std::sort(claims.begin(), claims.end(),
        [](const Claim& a, const Claim& b) { return a.run_at < b.run_at; });
    return claims;
}

std::optional<Instant> next_due(const db::PlatformReader& db, const std::string& kind)
{
    return db.row<Instant>("SELECT run_at FROM jobs WHERE kind = $1 AND state = 'waiting'"
                           " ORDER BY run_at LIMIT 1",
        kind);
}

void renew(db::PlatformTx& tx, const Claim& claim, Instant lease_until)
{
    tx.run("UPDATE jobs SET lease_until = $3 WHERE id = $1 AND ticket = $2", claim.id, claim.ticket,
        lease_until);
}

namespace {

constexpr auto run_again_sql = R"sql(
            UPDATE jobs SET state = 'waiting', run_at = $3, failures = $4, trouble = $5,
                again_at = NULL, ticket = NULL, lease_until = NULL
            WHERE id = $1 AND ticket = $2
        )sql";

std::optional<Instant> run_again(db::PlatformTx& tx, const Claim& claim, Instant at,
    std::int64_t failures, const std::string& trouble)
{
    if (tx.run(run_again_sql, claim.id, claim.ticket, at, failures, trouble) == 0)
        return std::nullopt;
    return at;
}

// The same work, ordered while this job was running, runs as a new one in its place.
std::optional<Instant> run_as_new(db::PlatformTx& tx, const Claim& claim)
{
    const auto at = tx.row<Instant>(
        "SELECT again_at FROM jobs WHERE id = $1 AND ticket = $2 AND again_at IS NOT NULL",
        claim.id, claim.ticket);
    if (!at) return std::nullopt;
    return run_again(tx, claim, *at, 0, "");
}

}  // namespace

std::optional<Instant> end(db::PlatformTx& tx, const Ended& ended, Instant now)
{
    const auto& claim = ended.claim;
    switch (ended.ending) {
    case Ending::done:
        if (tx.run("DELETE FROM jobs WHERE id = $1 AND ticket = $2 AND again_at IS NULL", claim.id,
                claim.ticket)
            == 1)
            return std::nullopt;
        return run_as_new(tx, claim);
    case Ending::retry:
        return run_again(tx, claim, ended.retry_at,
            claim.failures + (ended.counts_as_failure ? 1 : 0), ended.trouble);
    case Ending::given_back:
        return run_again(tx, claim, claim.run_at, claim.failures, "");
    case Ending::dead:
        break;
    }
    constexpr auto die_sql = R"sql(
            UPDATE jobs SET state = 'dead', run_at = $3, failures = failures + 1, trouble = $4,
                ticket = NULL, lease_until = NULL
            WHERE id = $1 AND ticket = $2 AND again_at IS NULL
        )sql";
    if (tx.run(die_sql, claim.id, claim.ticket, now, ended.trouble) == 1) return std::nullopt;
    return run_as_new(tx, claim);
}

std::int64_t return_lost(db::PlatformTx& tx, Instant now, Instant lease_before)
{
    constexpr auto return_sql = R"sql(
            UPDATE jobs SET
                state = CASE WHEN failures + 1 >= attempts_max AND again_at IS NULL
                    THEN 'dead' ELSE 'waiting' END,
                run_at = $1, failures = failures + 1, trouble = 'the worker died',
                again_at = NULL, ticket = NULL, lease_until = NULL
            WHERE state = 'running' AND lease_until < $2
        )sql";
    return tx.run(return_sql, now, lease_before);
}

std::vector<Backlog> backlog(const db::PlatformReader& db)
{
    return db.rows<Backlog>("SELECT kind, COUNT(*) AS waiting, MIN(run_at) AS oldest"
                            " FROM jobs WHERE state = 'waiting' GROUP BY kind");
}

}  // namespace store
}  // namespace leadcrm::jobs
