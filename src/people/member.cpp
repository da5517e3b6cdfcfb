#include "people/member.hpp"

namespace leadcrm::people {

std::vector<Member> list_members(const db::PlatformReader& db, const OrganizationId& organization)
{
    return db.rows<Member>(R"sql(
        SELECT u.id, u.name, u.email, u.email_confirmed_at IS NOT NULL AS is_email_confirmed,
            m.role, m.created_at AS joined_at,
            (SELECT MAX(s.seen_at) FROM sessions s
             WHERE s.user_id = m.user_id AND s.organization_id = m.organization_id) AS seen_at
        FROM memberships m JOIN users u ON u.id = m.user_id
        WHERE m.organization_id = $1
        ORDER BY u.name, u.id
    )sql",
        organization);
}

}  // namespace leadcrm::people
