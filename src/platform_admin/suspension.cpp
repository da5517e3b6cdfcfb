#include "platform_admin/suspension.hpp"

namespace leadcrm::platform_admin {

bool suspend(db::PlatformTx& tx, const OrganizationId& id, const std::string& reason, Instant now)
{
    return tx.run("UPDATE organizations SET suspended_at = $2, suspension_reason = $3"
                  " WHERE id = $1",
               id, now, reason)
        > 0;
}

bool restore(db::PlatformTx& tx, const OrganizationId& id)
{
    return tx.run("UPDATE organizations SET suspended_at = NULL, suspension_reason = NULL"
                  " WHERE id = $1",
               id)
        > 0;
}

}  // namespace leadcrm::platform_admin
