#include "accounts/session_length.hpp"

namespace leadcrm::accounts {

std::chrono::hours session_length_in(
    const db::PlatformReader& db, const std::optional<OrganizationId>& organization)
{
    if (!organization) return platform_session_length;
    const auto hours = db.row<std::int64_t>("SELECT session_hours FROM organizations"
                                            " WHERE id = $1 AND session_hours IS NOT NULL",
        *organization);
    return hours ? std::chrono::hours(*hours) : session_length;
}

void set_session_length(
    db::PlatformTx& tx, const OrganizationId& organization, std::chrono::hours length)
{
    tx.run("UPDATE organizations SET session_hours = $2 WHERE id = $1", organization,
        std::int64_t(length.count()));
    tx.run("UPDATE sessions SET expires_at = created_at + $2"
           " WHERE organization_id = $1 AND expires_at > created_at + $2",
        organization, std::int64_t(std::chrono::microseconds(length).count()));
}

}  // namespace leadcrm::accounts
