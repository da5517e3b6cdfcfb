// Where an owner is written to about the organization.
#pragma once

#include "letters/reader.hpp"
#include "platform/db/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace leadcrm::accounts {

struct OwnerAddress {
    std::string name;
    std::string email;
    letters::Reader reads;
};

// Nothing when the person is no owner any more, or the address may be somebody else's.
std::optional<OwnerAddress> owner_address(
    const db::PlatformReader& db, const OrganizationId& organization, const UserId& user);

// Whom the organization's letters to its owners go to, each by an order of its own.
std::vector<UserId> owners_of(const db::Reader& db);

}  // namespace leadcrm::accounts
