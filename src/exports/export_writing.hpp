// The job that writes an export's file. Everything in it is read from one snapshot, so what refers
// to each other is there together; nothing but one page of rows is in memory. A job that dies is
// begun anew.
#pragma once

#include "exports/export.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/jobs/jobs.hpp"

#include <filesystem>

namespace leadcrm::exports {

void order_writing(db::Tx& tx, const ExportId& id);

// Also the job that takes a file away when its week is over. `folder` is made when it is needed.
void handle_exports(jobs::Workers& workers, db::Database& database, const crypto::Vault& vault,
    const std::filesystem::path& folder);

}  // namespace leadcrm::exports
