#include "leads/erased_submission.hpp"

#include "platform/crypto/crypto.hpp"

#include <algorithm>
#include <bit>

namespace leadcrm::leads {
namespace {

constexpr std::int64_t day_us = 24 * 3'600'000'000;

// Nothing while nobody was erased.
std::optional<std::string> find_key(const db::Reader& db)
{
    auto key = db.row<db::Blob>("SELECT hash_key FROM erasure_keys WHERE organization_id = $1");
    return key ? std::optional(std::move(key->bytes)) : std::nullopt;
}

std::string key_for(db::Tx& tx)
{
    if (auto key = find_key(tx)) return std::move(*key);
    auto key = crypto::random_bytes(32);
    tx.run("INSERT INTO erasure_keys (organization_id, hash_key) VALUES ($1, $2)", db::Blob{key});
    return key;
}

// Ids are short numbers: without the key, trying all of them would tell which they were.
db::Blob hash_of(const std::string& key, const std::string& leadgen_id)
{
    return {crypto::hmac_sha256(key, "leadgen " + leadgen_id)};
}

std::int64_t day_of(Instant at) { return at.us / day_us; }

}  // namespace

void remember_erased(db::Tx& tx, const ErasedSubmission& erased, Instant now)
{
    tx.run("INSERT INTO erased_submissions"
           " (organization_id, leadgen_hash, page_id, form_id, day, erased_at)"
           " VALUES ($1, $2, $3, $4, $5, $6)"
           " ON CONFLICT (organization_id, leadgen_hash) DO NOTHING",
        hash_of(key_for(tx), erased.leadgen_id), erased.page_id, erased.form_id,
        day_of(erased.submitted_at), now);
}

bool is_erased(const db::Reader& db, const std::string& leadgen_id)
{
    return !erased_among(db, {leadgen_id}).empty();
}

std::set<std::string> erased_among(
    const db::Reader& db, const std::vector<std::string>& leadgen_ids)
{
    if (leadgen_ids.empty()) return {};
    const auto key = find_key(db);
    if (!key) return {};
    std::vector<db::Blob> hashes;
    for (const auto& id : leadgen_ids) hashes.push_back(hash_of(*key, id));
    auto asked = hashes;
    asked.resize(std::bit_ceil(asked.size()), asked.back());  // few lengths, few statements
    db::Sql sql("SELECT leadgen_hash FROM erased_submissions WHERE organization_id = $1");
    sql.add_in("leadgen_hash", asked);
    const auto found = db.rows<db::Blob>(sql);
    std::set<std::string> erased;
    for (std::size_t i = 0; i < hashes.size(); ++i)
        if (std::find(found.begin(), found.end(), hashes[i]) != found.end())
            erased.insert(leadgen_ids[i]);
    return erased;
}

void count_erased_lead(
    db::Tx& tx, const std::string& form_id, Instant submitted_at, const Uuid& stage_id)
{
    const auto day = day_of(submitted_at);
    const auto counted =
        tx.run("UPDATE erased_leads SET lead_count = lead_count + 1 WHERE organization_id = $1"
               " AND form_id = $2 AND day = $3 AND stage_id = $4",
            form_id, day, stage_id);
    if (counted > 0) return;
    tx.run("INSERT INTO erased_leads (organization_id, form_id, day, stage_id, lead_count)"
           " VALUES ($1, $2, $3, $4, 1)",
        form_id, day, stage_id);
}

}  // namespace leadcrm::leads
