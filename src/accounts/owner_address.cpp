#include "accounts/owner_address.hpp"

#include "accounts/reader_of.hpp"

#include <tuple>

namespace leadcrm::accounts {

std::optional<OwnerAddress> owner_address(
    const db::PlatformReader& db, const OrganizationId& organization, const UserId& user)
{
    const auto found = db.row<std::tuple<std::string, std::string>>(R"sql(
        SELECT u.name, u.email FROM memberships m JOIN users u ON u.id = m.user_id
        WHERE m.organization_id = $1 AND m.user_id = $2 AND m.role = 'owner'
            AND u.email_confirmed_at IS NOT NULL
    )sql",
        organization, user);
    if (!found) return std::nullopt;
    const auto& [name, email] = *found;
    return OwnerAddress{name, email, reader_of(db, user)};
}

std::vector<UserId> owners_of(const db::Reader& db)
{
    return db.rows<UserId>(
        "SELECT user_id FROM memberships WHERE organization_id = $1 AND role = 'owner'");
}

}  // namespace leadcrm::accounts
