// Taking in Meta's own download of leads.
#pragma once

#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"
#include "platform/http/routes.hpp"

namespace leadcrm::meta {

// Both must outlive the routes.
void add_leads_file_route(http::Routes& api, db::Database& database, const crypto::Vault& vault);

}  // namespace leadcrm::meta
