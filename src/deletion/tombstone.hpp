// What must not come back with a backup: for each organization that was deleted a hash of its id,
// in the database and in a file beside it, because a restored database knows nothing of what came
// after the backup. A hash names nobody; it only recognizes who comes back.
#pragma once

#include "platform/db/database.hpp"
#include "platform/id.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace leadcrm::deletion {

constexpr auto tombstones_name = "tombstones.jsonl";  // in the data folder, and beside backups

struct Tombstone {
    std::string organization_hash;
    std::string code;  // of the deletion
    Instant done_at;
};
BOOST_DESCRIBE_STRUCT(Tombstone, (), (organization_hash, code, done_at))

std::string hash_of(const OrganizationId& organization);

// Adds what the file does not have; on the disk when it returns. Throws Failure::unavailable.
void bury(const std::filesystem::path& file, const std::vector<Tombstone>& stones);
// None when there is no file. Throws Failure::malformed.
std::vector<Tombstone> read_tombstones(const std::filesystem::path& file);
// Those the database knows of.
std::vector<Tombstone> list_tombstones(db::Database& database);

}  // namespace leadcrm::deletion
