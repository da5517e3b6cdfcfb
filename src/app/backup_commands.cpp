#include "app/backup_commands.hpp"

#include "app/config.hpp"
#include "app/folder_hold.hpp"
#include "app/options.hpp"
#include "app/storage.hpp"
#include "backups/backup.hpp"
#include "backups/restore.hpp"
#include "deletion/after_restore.hpp"
#include "platform/mail/mail.hpp"

#include <cstdio>

namespace leadcrm::app {
namespace {

void show_progress(std::int64_t rows)
{
    std::fprintf(stderr, "\r%lld rows", static_cast<long long>(rows));
}

void delete_again(
    const Config& config, db::Database& database, const std::vector<std::string>& codes)
{
    mail::Post post(database, {});
    deletion::delete_again(
        {.database = database,
            .post = post,
            .exports = config.data / "exports",
            .tombstones = config.data / deletion::tombstones_name,
            .sqlite_file = config.database_url.empty() ? sqlite_file(config) : "",
            .public_url = config.public_url,
            .leave_meta = {}},
        codes);
}

}  // namespace

int back_up(const std::string& program_version, const std::vector<std::string>& words)
{
    const Options options(words, {"to"});
    const auto config = read_config(options.settings, process_environment());
    const auto database = open_storage(config);
    const auto folder =
        options.has("to") ? std::filesystem::path(options.required("to")) : backup_folder(config);
    const auto made = backups::make_backup(*database, folder, program_version, show_progress);
    std::fprintf(stderr, "\n");
    std::printf("%s: %lld rows, read back and whole.\n"
                "The keys are not in it. Keep a copy of %s somewhere else: without it nobody reads "
                "the tokens and originals.\n",
        made.file.c_str(), static_cast<long long>(made.rows), (config.data / "keys").c_str());
    return 0;
}

int restore(const std::vector<std::string>& words)
{
    const Options options(words, {"from"}, {"move"});
    const std::filesystem::path file = options.required("from");
    const auto config = read_config(options.settings, process_environment());
    const FolderHold hold(config.data, FolderHold::Use::restoring);
    const auto database = open_unmigrated(config);
    const auto restored =
        backups::restore(*database, file, {config.data, file.parent_path()}, show_progress);
    std::fprintf(stderr, "\n");
    delete_again(config, *database, restored.deletions);
    backups::finish(
        *database, options.has("move") ? std::nullopt : std::optional(restored.backed_up_at));
    std::printf("%lld rows are restored. %zu of the organizations in the backup had been deleted "
                "since, and are deleted again; so are %lld leads of people who were erased.\n",
        static_cast<long long>(restored.rows), restored.deletions.size(),
        static_cast<long long>(restored.erased));
    if (!std::filesystem::exists(config.data / "keys"))
        std::printf("Put %s back before the server starts: it would make new keys, and could read "
                    "no token and no original.\n",
            (config.data / "keys").c_str());
    std::puts("Everybody signs in anew. People, API keys and passwords are those of the backup.");
    if (!options.has("move"))
        std::puts("The server writes to every owner that it was restored, and to when.");
    return 0;
}

}  // namespace leadcrm::app
