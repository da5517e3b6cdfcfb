#include "platform_admin/suspension.hpp"

#include "events/change.hpp"

namespace leadcrm::platform_admin {

namespace {

// Open screens learn of it at once, and ask who they are anew.
bool tell(db::PlatformTx& tx, const OrganizationId& id, std::int64_t changed)
{
    if (changed == 0) return false;
    auto inside = tx.in_organization(id);
    events::tell_change(inside, events::Topic::organization);
    return true;
}

}  // namespace

bool suspend(db::PlatformTx& tx, const OrganizationId& id, const std::string& reason, Instant now)
{
    return tell(tx, id,
        tx.run("UPDATE organizations SET suspended_at = $2, suspension_reason = $3"
               " WHERE id = $1",
            id, now, reason));
}

std::optional<std::string> find_suspension(const db::PlatformReader& db, const OrganizationId& id)
{
    return db.row<std::string>(
        "SELECT suspension_reason FROM organizations WHERE id = $1 AND suspended_at IS NOT NULL",
        id);
}

bool restore(db::PlatformTx& tx, const OrganizationId& id)
{
    return tell(tx, id,
        tx.run("UPDATE organizations SET suspended_at = NULL, suspension_reason = NULL"
               " WHERE id = $1",
            id));
}

}  // namespace leadcrm::platform_admin
