#include "exports/stray_files.hpp"

#include "exports/export.hpp"
#include "platform/log/log.hpp"

#include <set>
#include <string>

namespace leadcrm::exports {
namespace {

namespace fs = std::filesystem;

constexpr auto stray_job = "exports.strays";
constexpr auto at_work_for = std::chrono::hours(1);  // without writing a byte

// The names that exports of all organizations have, and will have when they are done.
std::set<std::string> known_names(db::Database& database)
{
    return database.read_platform([](db::PlatformReader& db) {
        std::set<std::string> names;
        for (const auto& organization : db.rows<OrganizationId>("SELECT id FROM organizations"))
            for (const auto& id : db.in_organization(organization)
                                      .rows<ExportId>("SELECT id FROM exports"
                                                      " WHERE organization_id = $1 AND state IN"
                                                      " ('waiting', 'running', 'done')")) {
                const auto name = file_of({}, id).string();
                names.insert(name);
                names.insert(name + ".part");
            }
        return names;
    });
}

}  // namespace

void remove_strays(db::Database& database, const fs::path& folder)
{
    std::error_code gone;  // another server's, meanwhile
    std::vector<fs::path> old;
    const auto lately = fs::file_time_type::clock::now() - at_work_for;
    for (const auto& entry : fs::directory_iterator(folder, gone)) {
        const auto written = entry.last_write_time(gone);
        if (!gone && written < lately) old.push_back(entry.path());
    }
    if (old.empty()) return;
    const auto known = known_names(database);
    for (const auto& path : old) {
        if (known.contains(path.filename().string())) continue;
        if (!fs::remove(path, gone)) continue;
        log::info("a file that no export has was removed", {{"file", path.filename().string()}});
    }
}

void handle_strays(jobs::Workers& workers, db::Database& database, const fs::path& folder)
{
    workers.handle(stray_job, [&database, folder](const jobs::Job&) {
        remove_strays(database, folder);
        order_strays(database, std::chrono::hours(24));
    });
}

void order_strays(db::Database& database, std::chrono::milliseconds delay)
{
    database.write_platform([&](db::PlatformTx& tx) {
        jobs::enqueue(tx, {.kind = stray_job, .key = "daily", .delay = delay});
    });
}

}  // namespace leadcrm::exports
