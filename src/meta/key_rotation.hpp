// Rotating the vault's key: a new one is added to the key file, everything that is sealed is sealed
// again under it, and the old one goes when nothing is left that needs it. A server may be running:
// it finds the new key by itself.
#pragma once

#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"

#include <chrono>
#include <cstdint>

namespace leadcrm::meta {

struct Rotation {
    std::int64_t resealed = 0;
    std::int64_t unreadable = 0;  // altered, or under a key that is lost: the old keys stay
    bool is_complete = false;  // the old keys are gone
};

// `settle`: how long a transaction that was sealed with the old key may take to be stored.
// Interrupted, it is begun anew. Blocking.
Rotation rotate_keys(db::Database& database, crypto::Vault& vault,
    std::chrono::milliseconds settle = std::chrono::seconds(5));

}  // namespace leadcrm::meta
