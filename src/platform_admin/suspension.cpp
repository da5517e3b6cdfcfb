#include "platform_admin/suspension.hpp"

#include "audit/audit.hpp"
#include "events/change.hpp"

namespace leadcrm::platform_admin {

namespace {

// The reason stands where the id would: it is the organization's own log. Open screens learn of it
// at once, and ask who they are anew.
void tell(db::PlatformTx& tx, const SuspensionAct& act, const std::string& action,
    const std::string& what)
{
    auto inside = tx.in_organization(act.organization_id);
    audit::record(inside,
        {.user_id = act.by,
            .action = action,
            .what = what,
            .object = act.reason.value,
            .by_support = act.by.has_value()});
    events::tell_change(inside, events::Topic::organization);
}

}  // namespace

void suspend(db::PlatformTx& tx, const SuspensionAct& act, Instant now)
{
    const auto changed =
        tx.run("UPDATE organizations SET suspended_at = $2, suspension_reason = $3 WHERE id = $1",
            act.organization_id, now, act.reason.value);
    if (changed == 0) throw Failure::not_found("There is no such organization.");
    tell(tx, act,
        act.by ? "PUT /api/v1/platform/organizations/{id}/suspension" : "leadcrm admin suspend",
        "Suspend the organization");
}

std::optional<std::string> find_suspension(const db::PlatformReader& db, const OrganizationId& id)
{
    return db.row<std::string>(
        "SELECT suspension_reason FROM organizations WHERE id = $1 AND suspended_at IS NOT NULL",
        id);
}

void restore(db::PlatformTx& tx, const SuspensionAct& act)
{
    const auto changed =
        tx.run("UPDATE organizations SET suspended_at = NULL, suspension_reason = NULL"
               " WHERE id = $1 AND suspended_at IS NOT NULL",
            act.organization_id);
    if (changed == 0) {
        if (!tx.row<std::string>(
                "SELECT name FROM organizations WHERE id = $1", act.organization_id))
            throw Failure::not_found("There is no such organization.");
        throw Failure::conflict("This organization is not suspended.");
    }
    tell(tx, act,
        act.by ? "POST /api/v1/platform/organizations/{id}/restoration" : "leadcrm admin restore",
        "Restore the organization");
}

}  // namespace leadcrm::platform_admin
