// A backup knows nothing of what was decided after it. So what was deleted since is deleted again,
// and what was to be deleted waits for its owners to look.
#pragma once

#include "deletion/deletion_steps.hpp"
#include "deletion/tombstone.hpp"

#include <string>
#include <vector>

namespace leadcrm::deletion {

// Orders the deletion of every organization that has a tombstone, in the transaction that brings
// them back: a server that starts now carries it out. Returns the codes.
std::vector<std::string> order_again(db::PlatformTx& db, const std::vector<Tombstone>& stones);

// Does it at once, without a word to Meta (it was left, and the tokens are revoked) and without a
// letter. Blocking; may be called again after it died.
void delete_again(const Surroundings& around, const std::vector<std::string>& codes);

// No other deletion before `earliest`: it may have been taken back since.
void put_off(db::PlatformTx& db, Instant earliest);

}  // namespace leadcrm::deletion
