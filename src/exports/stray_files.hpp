// What a server that died has left in the folder of exports: halves of files, and files that nobody
// can fetch. Looked for once a day.
#pragma once

#include "platform/jobs/jobs.hpp"

#include <filesystem>

namespace leadcrm::exports {

// Files that were written lately stay: another server may be at them.
void remove_strays(db::Database& database, const std::filesystem::path& folder);

void handle_strays(
    jobs::Workers& workers, db::Database& database, const std::filesystem::path& folder);
void order_strays(db::Database& database, std::chrono::milliseconds delay = {});

}  // namespace leadcrm::exports
