#include "deletion/after_restore.hpp"

#include <algorithm>

namespace leadcrm::deletion {
namespace {

using namespace std::chrono_literals;

// Under the code that its owner was given the first time.
std::string order_one(
    db::PlatformTx& db, const OrganizationId& organization, const Tombstone& stone)
{
    const auto now = Instant::now();
    if (const auto open = find_open(db.in_organization(organization))) {
        db.run("UPDATE organization_deletions SET delete_at = $2 WHERE code = $1", open->code, now);
        return open->code;
    }
    const DeletionOrder order{
        .code = stone.code, .organization_id = organization, .ordered_at = now, .delete_at = now};
    db.store("INSERT INTO organization_deletions ({columns}) VALUES ({values})", order);
    return order.code;
}

}  // namespace

std::vector<std::string> order_again(db::PlatformTx& db, const std::vector<Tombstone>& stones)
{
    std::vector<std::string> codes;
    for (const auto& organization : db.rows<OrganizationId>("SELECT id FROM organizations")) {
        const auto stone =
            std::ranges::find(stones, hash_of(organization), &Tombstone::organization_hash);
        if (stone == stones.end()) continue;
        codes.push_back(order_one(db, organization, *stone));
        order_steps(db, codes.back(), 0ms);
    }
    return codes;
}

void delete_again(const Surroundings& around, const std::vector<std::string>& codes)
{
    auto quiet = around;
    quiet.leave_meta = [](OrganizationId) {};
    quiet.sends_mail = false;
    for (const auto& code : codes)
        for (const auto& step : deletion_steps(quiet, code, Instant::now())) step.run();
}

void put_off(db::PlatformTx& db, Instant earliest)
{
    db.run("UPDATE organization_deletions SET delete_at = $1"
           " WHERE state = 'scheduled' AND delete_at < $1",
        earliest);
}

}  // namespace leadcrm::deletion
