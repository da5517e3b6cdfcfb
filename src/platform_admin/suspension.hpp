// The operator can suspend an organization: its members can do nothing but read why, its leads come
// in and wait. That it was, and that it works again, is in its audit log with the reason.
#pragma once

#include "platform/db/database.hpp"
#include "platform/fields.hpp"
#include "platform/time/instant.hpp"

#include <optional>
#include <string>

namespace leadcrm::platform_admin {

using OperatorReason = Text<3, 500>;

// `by`: the platform admin; nobody: from the command line.
struct SuspensionAct {
    OrganizationId organization_id;
    OperatorReason reason;
    std::optional<UserId> by = {};
};

// The reason is shown to the members; of one that is suspended already it becomes another. Throws
// Failure::not_found.
void suspend(db::PlatformTx& tx, const SuspensionAct& act, Instant now = Instant::now());
// Why; nothing when it is not suspended.
std::optional<std::string> find_suspension(const db::PlatformReader& db, const OrganizationId& id);
// Throws Failure: not_found; conflict when it is not suspended.
void restore(db::PlatformTx& tx, const SuspensionAct& act);

}  // namespace leadcrm::platform_admin
