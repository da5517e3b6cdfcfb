// Whether the keys that are there open what is sealed. Sealing everything anew: key_rotation.hpp.
#pragma once

#include "platform/db/database.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace leadcrm::meta {

struct SealedCheck {
    std::int64_t tried = 0;
    std::int64_t unreadable = 0;
};

// True when the text opens.
using TryToOpen = std::function<bool(const std::string& sealed, const std::string& context)>;

// Every token and secret, and the newest original of each organization. Blocking.
SealedCheck check_sealed(db::Database& database, const TryToOpen& opens);

}  // namespace leadcrm::meta
