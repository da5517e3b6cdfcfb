// Ending exports before their week is over: somebody who stands in them was erased.
#pragma once

#include "platform/db/database.hpp"
#include "platform/time/instant.hpp"

#include <cstdint>
#include <filesystem>

namespace leadcrm::exports {

// Those that were ordered until then can be fetched no more, and what they were filtered by (a name
// somebody searched for) is forgotten. Returns how many had a file.
std::int64_t expire_ordered_until(db::Tx& tx, Instant until);

// Those that wait or are being written come to nothing: whoever writes one finds it ended, and
// leaves no file.
void end_unfinished(db::Tx& tx);

// One that was ordered until then is still being written, or waits for it.
bool is_being_made(const db::Reader& db, Instant ordered_until);

// Of those that have expired or failed. May be called again.
void remove_files_of_expired(
    db::Database& database, const std::filesystem::path& folder, OrganizationId organization);

}  // namespace leadcrm::exports
