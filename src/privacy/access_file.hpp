// Everything that is kept about a person, for the person: one ZIP with a page to read and the same
// as JSON. Rows come from every table that erasure_reach.hpp knows, so what can be erased can be
// read.
#pragma once

#include "platform/crypto/crypto.hpp"
#include "platform/db/session.hpp"
#include "privacy/erasure.hpp"

#include <filesystem>

namespace leadcrm::privacy {

// Throws Failure: not_found, unavailable when the disk does not take it.
void write_access_file(const db::PlatformReader& db, const crypto::Vault& vault,
    const OrganizationId& organization, const LeadId& lead, const std::filesystem::path& file);

}  // namespace leadcrm::privacy
