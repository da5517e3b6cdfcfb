// The file of a whole organization: every table as CSV and as JSON lines, the schema, a sum of each
// part, and a text that says what is what.
#pragma once

#include "platform/crypto/crypto.hpp"
#include "platform/db/session.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace leadcrm::exports {

// Called every now and then with the number of rows so far.
using Progress = std::function<void(std::int64_t rows)>;

struct Written {
    std::int64_t rows = 0;
    std::string sha256;  // of the file, in hex
};

// On `db`'s snapshot.
Written write_organization(const db::PlatformReader& db, const crypto::Vault& vault,
    const OrganizationId& organization, const std::filesystem::path& file,
    const Progress& progress);

}  // namespace leadcrm::exports
