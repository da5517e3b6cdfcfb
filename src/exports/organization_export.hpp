// The file of a whole organization: every table as CSV and as JSON lines, the schema, a sum of each
// part, and a text that says what is what.
#pragma once

#include "platform/db/session.hpp"

#include <filesystem>
#include <functional>

namespace leadcrm::exports {

// Called every now and then with the number of rows so far.
using Progress = std::function<void(std::int64_t rows)>;

// Returns the number of rows. On `db`'s snapshot.
std::int64_t write_organization(const db::PlatformReader& db, const OrganizationId& organization,
    const std::filesystem::path& file, const Progress& progress);

}  // namespace leadcrm::exports
