// How long a session lasts from the moment its person showed who they are. An owner may make it
// shorter for the organization (ASVS 3.3.2 asks for 12 hours); going from one organization to
// another makes no session last longer.
#pragma once

#include "accounts/account.hpp"
#include "platform/db/database.hpp"

namespace leadcrm::accounts {

// Of a cookie, and of a session where the organization asks for nothing shorter.
constexpr std::chrono::hours session_length{30 * 24};
// Of whoever operates the service.
constexpr std::chrono::hours platform_session_length{12};

// None: the organization is none.
std::chrono::hours session_length_in(
    const db::PlatformReader& db, const std::optional<OrganizationId>& organization);

// Holds for sessions that are open too; longer is for the next ones. Those of support end with
// their grant, and with the platform's length.
void set_session_length(
    db::PlatformTx& tx, const OrganizationId& organization, std::chrono::hours length);

}  // namespace leadcrm::accounts
