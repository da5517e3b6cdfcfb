// The marks of erased people (leads/erased_submission.hpp) in a file beside the database, because a
// restored database knows nothing of who was erased after its backup. One file for each
// organization, `erased/` and a hash of its id; a line is a hash that only the key beside it makes.
#pragma once

#include "platform/db/database.hpp"

#include <cstdint>
#include <filesystem>

namespace leadcrm::privacy {

// Where the file of an organization is, in the data folder or beside backups.
std::filesystem::path marks_file(
    const std::filesystem::path& folder, const OrganizationId& organization);

// Adds what the file does not have; on the disk when it returns. One at a time for an organization.
void keep_marks(
    db::Database& database, OrganizationId organization, const std::filesystem::path& folder);

// Into the database, beside those it has. Returns how many the file holds.
std::int64_t take_back_marks(db::Tx& tx, const std::filesystem::path& folder);

}  // namespace leadcrm::privacy
