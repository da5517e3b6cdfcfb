#include "deletion/deletion_order.hpp"

#include "deletion/deletion_steps.hpp"
#include "events/change.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/jobs/jobs.hpp"

namespace leadcrm::deletion {

DeletionOrder order_deletion(db::PlatformTx& db, const http::Caller& owner,
    const std::string& typed_name, std::chrono::hours grace)
{
    auto tx = db.in_organization(owner.organization_id);
    if (find_open(tx))
        throw Failure::conflict("The deletion of this organization is ordered already.");
    if (tx.one<std::string>("SELECT name FROM organizations WHERE id = $1") != typed_name)
        throw Failure::invalid("organization_name", "different",
            "This is not the name of the organization. Please type it exactly as it is shown.");
    const auto now = Instant::now();
    DeletionOrder made{.code = crypto::hex(crypto::random_bytes(12)),
        .organization_id = tx.organization_id(),
        .ordered_by = owner.user_id,
        .ordered_at = now,
        .delete_at = now + grace};
    tx.run(R"sql(
        INSERT INTO organization_deletions (organization_id, code, state, ordered_by, ordered_at,
            delete_at, people, recipients, readers, counts)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    )sql",
        made.code, made.state, made.ordered_by, made.ordered_at, made.delete_at, made.people,
        made.recipients, made.readers, made.counts);
    order_steps(db, made.code, grace);
    events::tell_change(tx, events::Topic::deletion);
    return made;
}

void cancel_deletion(db::Tx& tx)
{
    const auto open = find_open(tx);
    if (!open) throw Failure::not_found("No deletion is ordered.");
    if (open->state != DeletionState::scheduled)
        throw Failure::conflict("The deletion has begun. It cannot be taken back any more.");
    tx.run("DELETE FROM organization_deletions WHERE organization_id = $1 AND state = 'scheduled'");
    events::tell_change(tx, events::Topic::deletion);
}

std::optional<DeletionOrder> find_open(const db::Reader& db)
{
    return db.row<DeletionOrder>(
        "SELECT {columns} FROM organization_deletions WHERE organization_id = $1");
}

std::optional<DeletionOrder> find_order(const db::PlatformReader& db, const std::string& code)
{
    return db.row<DeletionOrder>(
        "SELECT {columns} FROM organization_deletions WHERE code = $1", code);
}

void count_removed(
    db::PlatformTx& tx, const std::string& code, const std::map<std::string, std::int64_t>& rows)
{
    auto counts = find_order(tx, code).value().counts;
    for (const auto& [table, count] : rows)
        if (count > 0) counts[table] += count;
    tx.run("UPDATE organization_deletions SET counts = $2 WHERE code = $1", code, counts);
}

}  // namespace leadcrm::deletion
