// Sealing again what a source sent, when the vault has a new key.
#pragma once

#include "platform/db/database.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace leadcrm::leads {

// What becomes of one sealed text; nothing when it stays as it is.
using Reseal = std::function<std::optional<std::string>(
    const std::string& leadgen_id, const std::string& sealed)>;

// Goes through an organization's submissions in batches, each a transaction of its own. Blocking.
// Returns how many were changed.
std::int64_t reseal_raw(db::Database& database, OrganizationId organization, const Reseal& reseal);

// The original of the newest submission, to see whether it still opens; nothing when there is none.
struct SealedOriginal {
    std::string leadgen_id;
    db::Blob raw_sealed;
};
BOOST_DESCRIBE_STRUCT(SealedOriginal, (), (leadgen_id, raw_sealed))

std::optional<SealedOriginal> newest_original(const db::Reader& db);

}  // namespace leadcrm::leads
