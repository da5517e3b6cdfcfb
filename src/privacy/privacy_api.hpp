// The rights of a person over HTTP, for owners: what is kept, erasing it, and for how long it is
// kept.
#pragma once

#include "accounts/proof.hpp"
#include "platform/http/routes.hpp"

#include <filesystem>

namespace leadcrm::privacy {

// `folder`: where an access file is written before it is sent.
void add_routes(http::Routes& api, db::Database& database, const crypto::Vault& vault,
    const std::filesystem::path& folder, const accounts::Reauthentication& reauthentication);

}  // namespace leadcrm::privacy
