// The proof of a deletion, for those who owned the organization: what went, and when.
#pragma once

#include "deletion/deletion_steps.hpp"

namespace leadcrm::deletion {

mail::Letter certificate(
    const letters::Reader& to, const DeletionOrder& order, const std::string& public_url);

// Blocking. Nothing of whom it went to is kept.
void send_certificate(const Surroundings& around, const DeletionOrder& order);

}  // namespace leadcrm::deletion
