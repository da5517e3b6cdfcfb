// The operator can suspend an organization: its members can do nothing but read why, its leads come
// in and wait.
#pragma once

#include "platform/db/database.hpp"
#include "platform/time/instant.hpp"

#include <optional>
#include <string>

namespace leadcrm::platform_admin {

// `reason` is shown to the members. False when there is no such organization.
bool suspend(db::PlatformTx& tx, const OrganizationId& id, const std::string& reason, Instant now);
// Why; nothing when it is not suspended.
std::optional<std::string> find_suspension(const db::PlatformReader& db, const OrganizationId& id);
bool restore(db::PlatformTx& tx, const OrganizationId& id);

}  // namespace leadcrm::platform_admin
