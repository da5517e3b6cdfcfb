// What every command opens: the database, brought up to date, and the vault of sealed secrets.
#pragma once

#include "app/config.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"

#include <memory>

namespace leadcrm::app {

std::filesystem::path sqlite_file(const Config& config);
std::filesystem::path backup_folder(const Config& config);
db::Settings database_settings(const Config& config);
std::unique_ptr<db::Database> open_storage(const Config& config);
// As it is, for what brings its own schema.
std::unique_ptr<db::Database> open_unmigrated(const Config& config);
crypto::Vault open_vault(const Config& config);

}  // namespace leadcrm::app
