// What the operator of the service sees and does in a browser. Never a lead; what is done to an
// organization is in its audit log.
#pragma once

#include "platform/http/routes.hpp"

#include <filesystem>
#include <string>

namespace leadcrm::platform_admin {

// What is known of the server besides its database.
struct ServerFacts {
    std::string version;
    std::filesystem::path backups;
};

void add_platform_routes(http::Routes& api, const ServerFacts& facts);

}  // namespace leadcrm::platform_admin
