#include "app/storage.hpp"

namespace leadcrm::app {

std::filesystem::path sqlite_file(const Config& config) { return config.data / "leadcrm.sqlite"; }

std::filesystem::path backup_folder(const Config& config)
{
    return config.backups.empty() ? config.data / "backups" : config.backups;
}

db::Settings database_settings(const Config& config)
{
    db::Settings settings;
    settings.file = sqlite_file(config);
    settings.url = config.database_url;
    return settings;
}

std::unique_ptr<db::Database> open_unmigrated(const Config& config)
{
    // Nobody else on the machine reads leads by looking into the folder.
    std::filesystem::create_directories(config.data);
    std::filesystem::permissions(config.data, std::filesystem::perms::owner_all);

    return db::Database::open(database_settings(config));
}

std::unique_ptr<db::Database> open_storage(const Config& config)
{
    auto database = open_unmigrated(config);
    db::migrate(*database);
    return database;
}

crypto::Vault open_vault(const Config& config) { return crypto::Vault(config.data / "keys"); }

}  // namespace leadcrm::app
