// Ordering an export, looking how far it is, and fetching its file, over HTTP.
#pragma once

#include "platform/db/database.hpp"
#include "platform/http/routes.hpp"

#include <filesystem>

namespace leadcrm::exports {

void add_routes(http::Routes& api, db::Database& database, const std::filesystem::path& folder);

}  // namespace leadcrm::exports
