#include "meta/fetch_store.hpp"

#include "leads/erased_submission.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

namespace leadcrm::meta {

Fetch fetch_of(const Change& change, Instant received_at)
{
    return {.leadgen_id = change.leadgen_id,
        .page_id = change.page_id,
        .form_id = change.form_id,
        .submitted_at = change.submitted_at.value_or(received_at),  // until the lead says it
        .received_at = received_at,
        .next_at = received_at};
}

namespace store {

bool insert(db::Tx& tx, const Fetch& fetch)
{
    if (leads::is_erased(tx, fetch.leadgen_id)) return false;
    return tx.store("INSERT INTO lead_fetches (organization_id, {columns}) VALUES ($1, {values})"
                    " ON CONFLICT (organization_id, leadgen_id) DO NOTHING",
               fetch)
        == 1;
}

std::optional<Fetch> find_fetch(const db::Reader& db, const std::string& leadgen_id)
{
    return db.row<Fetch>("SELECT {columns} FROM lead_fetches"
                         " WHERE organization_id = $1 AND leadgen_id = $2",
        leadgen_id);
}

void update(db::Tx& tx, const Fetch& fetch)
{
    tx.run("UPDATE lead_fetches SET state = $3, reason = $4, attempts = $5, next_at = $6,"
           " ended_at = $7, form_id = $8, submitted_at = $9, repaired_at = $10"
           " WHERE organization_id = $1 AND leadgen_id = $2 AND state <> 'done'",
        fetch.leadgen_id, fetch.state, fetch.reason, fetch.attempts, fetch.next_at, fetch.ended_at,
        fetch.form_id, fetch.submitted_at, fetch.repaired_at);
}

std::set<std::string> list_done(const db::Reader& db, const std::vector<std::string>& leadgen_ids)
{
    if (leadgen_ids.empty()) return {};
    db::Sql sql("SELECT leadgen_id FROM lead_fetches WHERE organization_id = $1"
                " AND state = 'done'");
    // Few lengths make few statements to prepare.
    auto ids = leadgen_ids;
    ids.resize(std::bit_ceil(ids.size()), ids.back());
    sql.add_in("leadgen_id", ids);
    const auto done = db.rows<std::string>(sql);
    return {done.begin(), done.end()};
}

std::vector<Fetch> list_due(
    const db::Reader& db, const std::string& page_id, Instant now, std::size_t limit)
{
    return db.rows<Fetch>("SELECT {columns} FROM lead_fetches WHERE organization_id = $1"
                          " AND page_id = $2 AND state = 'waiting' AND next_at <= $3"
                          " AND ended_at IS NULL ORDER BY next_at LIMIT $4",
        page_id, now, limit);
}

std::optional<Fetch> find_blocked(const db::Reader& db, const std::string& page_id)
{
    return db.row<Fetch>("SELECT {columns} FROM lead_fetches WHERE organization_id = $1"
                         " AND page_id = $2 AND state = 'blocked' AND ended_at IS NULL"
                         " ORDER BY attempts LIMIT 1",
        page_id);
}

std::map<std::string, std::int64_t> count_open(const db::Reader& db)
{
    std::map<std::string, std::int64_t> counts;
    for (auto& [page_id, count] : db.rows<std::tuple<std::string, std::int64_t>>(
             "SELECT page_id, COUNT(*) FROM lead_fetches"
             " WHERE organization_id = $1 AND ended_at IS NULL GROUP BY page_id"))
        counts[page_id] = count;
    return counts;
}

std::optional<Instant> next_due_at(const db::Reader& db, const std::string& page_id)
{
    return db.row<Instant>("SELECT next_at FROM lead_fetches WHERE organization_id = $1"
                           " AND page_id = $2 AND state = 'waiting' AND ended_at IS NULL"
                           " ORDER BY next_at LIMIT 1",
        page_id);
}

void block_waiting(db::Tx& tx, const std::string& page_id, const std::string& reason)
{
    tx.run("UPDATE lead_fetches SET state = 'blocked', reason = $3, next_at = NULL"
           " WHERE organization_id = $1 AND page_id = $2 AND state = 'waiting'"
           " AND ended_at IS NULL",
        page_id, reason);
}

std::int64_t unblock(db::Tx& tx, const std::string& page_id, Instant now)
{
    return tx.run("UPDATE lead_fetches SET state = 'waiting', next_at = $3"
                  " WHERE organization_id = $1 AND page_id = $2 AND state = 'blocked'"
                  " AND ended_at IS NULL",
        page_id, now);
}

void wait_again(db::Tx& tx, const std::string& leadgen_id, Instant now)
{
    tx.run("UPDATE lead_fetches SET state = 'waiting', reason = NULL, attempts = 0, next_at = $3,"
           " ended_at = NULL WHERE organization_id = $1 AND leadgen_id = $2 AND state <> 'done'",
        leadgen_id, now);
}

std::map<std::string, LeadFate> fates_of(const db::Reader& db, std::vector<std::string> leadgen_ids)
{
    constexpr std::size_t at_once = 512;
    std::map<std::string, LeadFate> fates;
    for (std::size_t from = 0; from < leadgen_ids.size(); from += at_once) {
        std::vector<std::string> some(leadgen_ids.begin() + std::ptrdiff_t(from),
            leadgen_ids.begin() + std::ptrdiff_t(std::min(from + at_once, leadgen_ids.size())));
        // Few lengths make few statements to prepare.
        some.resize(std::bit_ceil(some.size()), some.back());
        db::Sql sql("SELECT f.leadgen_id, f.state, f.reason, s.lead_id FROM lead_fetches AS f"
                    " LEFT JOIN submissions AS s ON s.organization_id = $1"
                    " AND s.leadgen_id = f.leadgen_id WHERE f.organization_id = $1");
        sql.add_in("f.leadgen_id", some);
        for (auto& fate : db.rows<LeadFate>(sql)) fates[fate.leadgen_id] = std::move(fate);
    }
    return fates;
}

}  // namespace store
}  // namespace leadcrm::meta
