#include "app/finding.hpp"
#include "app/storage.hpp"
#include "backups/backup.hpp"

#include <unistd.h>

namespace leadcrm::app {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr std::uintmax_t mebibyte = 1024 * 1024;
constexpr std::uintmax_t free_min = 200 * mebibyte;  // of which a busy log of the database is 64
constexpr std::uintmax_t free_wanted = 2048 * mebibyte;
constexpr auto backup_age_max = 48h;

bool is_private(const fs::path& path)
{
    constexpr auto others = fs::perms::group_all | fs::perms::others_all;
    return (fs::status(path).permissions() & others) == fs::perms::none;
}

void check_access(const Config& config, Findings& findings)
{
    const auto place = config.data.string();
    if (!is_private(config.data))
        findings.problem("data folder", place + " can be looked into by others on this machine",
            "chmod 700 " + place);
    else if (access(config.data.c_str(), R_OK | W_OK | X_OK) != 0)
        findings.problem("data folder", place + " is not ours to write to",
            "Run this as whoever runs the server, or give the folder to them.");
    else
        findings.ok("data folder", place + ", private");
}

void check_space(const Config& config, Findings& findings)
{
    const auto free = fs::space(config.data).available;
    const auto seen = std::to_string(free / mebibyte) + " MiB are free";
    const auto next = "Make room: without it no lead is stored, and Meta has to send it again.";
    if (free < free_min)
        findings.problem("disk", seen, next);
    else if (free < free_wanted)
        findings.warn("disk", seen, next);
    else
        findings.ok("disk", seen);
}

void check_backups(const Config& config, Findings& findings)
{
    const auto folder = backup_folder(config);
    const auto next = "leadcrm backup --to " + folder.string()
        + ", every night; --backups says where else they are.";
    const auto newest = backups::newest_backup(folder);
    if (!newest) {
        findings.warn("backup", "none in " + folder.string(), next);
        return;
    }
    const auto age = std::chrono::duration_cast<std::chrono::seconds>(Instant::now() - *newest);
    const auto seen = "the newest in " + folder.string() + " is " + in_words(age) + " old";
    if (age > backup_age_max)
        findings.warn("backup", seen, next);
    else
        findings.ok("backup", seen);
}

}  // namespace

std::string in_words(std::chrono::seconds time)
{
    const auto say = [](std::int64_t count, const char* unit) {
        return std::to_string(count) + ' ' + unit + (count == 1 ? "" : "s");
    };
    if (time < 2min) return say(time.count(), "second");
    if (time < 2h) return say(time / 1min, "minute");
    if (time < 48h) return say(time / 1h, "hour");
    return say(time / 24h, "day");
}

void check_data_folder(const Config& config, Findings& findings)
{
    std::error_code trouble;
    if (!fs::is_directory(config.data, trouble)) {
        findings.problem("data folder", config.data.string() + " is not there",
            "Set --data to the server's folder. A server that starts makes a new one.");
        return;
    }
    check_access(config, findings);
    check_space(config, findings);
    check_backups(config, findings);
}

}  // namespace leadcrm::app
