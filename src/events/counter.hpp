// Numbers without gaps, per organization: a counter row that is part of the caller's transaction.
// Write transactions of one organization follow each other, so commit order is number order.
#pragma once

#include "platform/db/session.hpp"

#include <cstdint>
#include <string_view>

namespace leadcrm::events {

// Takes `count` numbers and returns the first.
std::int64_t take_numbers(db::Tx& tx, std::string_view counter, std::int64_t count = 1);

// The last number given out; 0 before the first.
std::int64_t last_number(const db::Reader& db, std::string_view counter);

}  // namespace leadcrm::events
