// Emptying SQLite's write-ahead log. What was deleted is overwritten in the database
// (secure_delete), but its last pages stay in the log until that is written anew: after this they
// do not.
#pragma once

#include <filesystem>

namespace leadcrm::db {

// On a connection of its own, beside a running server; blocking, up to ten seconds. False when
// somebody read or wrote all the time: try again later. Throws Failure::internal.
bool empty_log(const std::filesystem::path& file);

}  // namespace leadcrm::db
