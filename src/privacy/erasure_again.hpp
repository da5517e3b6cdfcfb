// After a backup was restored: whoever was erased since it was made is in it again. The marks of
// the erased (tables erased_submissions and erasure_keys) have to be brought over from the newer
// database first; then this erases them once more.
#pragma once

#include "platform/db/database.hpp"

#include <cstdint>

namespace leadcrm::privacy {

// Returns how many leads were erased again. May be stopped and begun anew.
std::int64_t erase_again(db::Database& database, OrganizationId organization);

}  // namespace leadcrm::privacy
