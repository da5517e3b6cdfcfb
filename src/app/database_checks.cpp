#include "app/finding.hpp"
#include "app/storage.hpp"
#include "meta/sealed_check.hpp"
#include "platform/db/soundness.hpp"
#include "platform_admin/oversight.hpp"

#include <boost/algorithm/string/replace.hpp>
#include <boost/algorithm/string/trim.hpp>

#include <algorithm>
#include <set>

namespace leadcrm::app {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr std::int64_t postgres_min = 150'000;
constexpr auto overdue_max = 10min;

void check_damages(const db::Soundness& found, bool is_sqlite, Findings& findings)
{
    if (is_sqlite && found.damages.empty())
        findings.ok("integrity", "the database file is whole");
    else if (is_sqlite)
        findings.problem("integrity",
            "SQLite finds the file damaged in " + std::to_string(found.damages.size()) + " places",
            "Stop the server, keep the file, and restore the newest backup into an empty folder.");
    else if (found.open_tables.empty())
        findings.ok("row security", "on, forced, for every table of organizations");
    else
        findings.problem("row security",
            "off for " + std::to_string(found.open_tables.size()) + " tables, among them "
                + found.open_tables.front(),
            "leadcrm migrate switches it on again.");
}

// False when nothing more can be asked of it.
bool check_schema(const db::SchemaState& schema, Findings& findings)
{
    if (schema.is_filling)
        findings.problem("schema", "a backup was being restored and did not come to its end",
            "Restore it anew into an empty database.");
    else if (schema.unknown > 0)
        findings.problem("schema", "it has been used by a newer version of this program",
            "Run that version, or restore the backup that was made before it.");
    else if (schema.newest.empty())
        findings.warn("schema", "empty", "leadcrm serve, or leadcrm migrate, fills it.");
    else if (schema.missing > 0)
        findings.warn("schema",
            schema.newest + "; " + std::to_string(schema.missing) + " migrations are not in it yet",
            "Make a backup; then leadcrm migrate, or a start of the server, brings them.");
    else
        findings.ok("schema", schema.newest + ", current");
    return !schema.is_filling && schema.unknown == 0 && schema.missing == 0
        && !schema.newest.empty();
}

// Nothing when it cannot be read.
std::optional<crypto::Vault> keys_of(const Config& config, Findings& findings)
{
    const auto file = config.data / "keys";
    std::error_code trouble;
    if (!fs::exists(file, trouble)) return std::nullopt;
    constexpr auto others = fs::perms::group_all | fs::perms::others_all;
    if ((fs::status(file).permissions() & others) != fs::perms::none)
        findings.problem("key file", file.string() + " can be read by others on this machine",
            "chmod 600 " + file.string() + ", and leadcrm admin rotate-keys if somebody may have.");
    try {
        return std::optional<crypto::Vault>(std::in_place, file);
    } catch (const Failure& failure) {
        findings.problem("key file", failure.detail, "Put back the copy that was made of it.");
    }
    return std::nullopt;
}

void check_keys(const Config& config, db::Database& database, Findings& findings)
{
    const auto vault = keys_of(config, findings);
    const auto found =
        meta::check_sealed(database, [&](const std::string& sealed, const std::string& context) {
            try {
                return vault && !vault->open(sealed, context).empty();
            } catch (const Failure&) {
                return false;
            }
        });
    if (found.unreadable > 0)
        findings.problem("keys",
            std::to_string(found.unreadable) + " of " + std::to_string(found.tried)
                + " sealed texts do not open",
            vault ? "The key file is not the one they were sealed with: put that back. Pages whose "
                    "token is lost are connected anew by their owners."
                  : "Put the file keys back before the server starts: it would make new ones.");
    else if (found.tried > 0)
        findings.ok("keys", "they open all of " + std::to_string(found.tried) + " sealed texts");
    else
        findings.ok("keys", "nothing is sealed yet");
}

void check_work(const std::vector<platform_admin::QueueLine>& queue, Findings& findings)
{
    std::int64_t waiting = 0;
    std::int64_t dead = 0;
    auto oldest = Instant::now();
    for (const auto& line : queue) {
        if (line.state == "dead") dead += line.count;
        if (line.state != "waiting") continue;
        waiting += line.count;
        if (line.oldest) oldest = std::min(oldest, *line.oldest);
    }
    const auto late = std::chrono::duration_cast<std::chrono::seconds>(Instant::now() - oldest);
    const auto seen = std::to_string(waiting) + " wait";
    if (late > overdue_max)
        findings.warn("jobs", seen + ", the oldest is due since " + in_words(late),
            "If no server is running, start one; else see its log and leadcrm admin queue.");
    else
        findings.ok("jobs", seen + ", none is late");
    if (dead > 0)
        findings.warn("dead jobs", std::to_string(dead) + " have failed for good",
            "leadcrm admin dead-letters says why; leadcrm admin retry lets them begin anew.");
    else
        findings.ok("dead jobs", "none");
}

void check_pages(const std::vector<platform_admin::FailingPage>& failing, Findings& findings)
{
    if (failing.empty()) {
        findings.ok("pages", "none fails");
        return;
    }
    std::set<OrganizationId> organizations;
    for (const auto& page : failing) organizations.insert(page.organization_id);
    findings.warn("pages",
        std::to_string(failing.size()) + " fail, of " + std::to_string(organizations.size())
            + " organizations",
        "leadcrm admin failing-pages says which and why.");
}

void check_contents(const Config& config, const db::Settings& settings, Findings& findings)
{
    const auto database = db::Database::open(settings);
    check_keys(config, *database, findings);
    const auto [queue, failing] = database->read_platform([](db::PlatformReader& db) {
        return std::pair(platform_admin::list_queue(db), platform_admin::list_failing_pages(db));
    });
    check_work(queue, findings);
    check_pages(failing, findings);
}

void examine(const Config& config, Findings& findings)
{
    const auto settings = database_settings(config);
    const bool is_sqlite = settings.url.empty();
    const auto found = db::examine(settings);
    if (!is_sqlite && found.server_number < postgres_min)
        findings.problem(
            "database", found.version + " is too old", "PostgreSQL 15 or later is needed.");
    else
        findings.ok("database", found.version);
    check_damages(found, is_sqlite, findings);
    if (check_schema(found.schema, findings)) check_contents(config, settings, findings);
}

// libpq may repeat a part of an address that it cannot read.
std::string without_password(std::string text, const std::string& url)
{
    const auto at = url.rfind('@');
    const auto colon = url.find(':', url.find("://") + 3);
    const auto password = at != std::string::npos && colon < at
        ? url.substr(colon + 1, at - colon - 1)
        : std::string();
    if (!password.empty()) boost::algorithm::replace_all(text, password, "…");
    std::replace(text.begin(), text.end(), '\n', ' ');
    boost::algorithm::trim(text);
    return text;
}

}  // namespace

void check_database(const Config& config, Findings& findings)
{
    std::error_code trouble;
    if (config.database_url.empty() && !fs::exists(sqlite_file(config), trouble)) {
        findings.warn("database", sqlite_file(config).string() + " is not there",
            "leadcrm serve makes it, or --database-url names a PostgreSQL server.");
        return;
    }
    try {
        examine(config, findings);
    } catch (const Failure& failure) {
        findings.problem("database",
            without_password(
                failure.detail.empty() ? failure.message : failure.detail, config.database_url),
            config.database_url.empty()
                ? "See that the file is the server's own and not damaged; else restore the newest "
                  "backup into an empty folder."
                : "See that the server runs, and that --database-url names it, a database and a "
                  "role of its own.");
    }
}

}  // namespace leadcrm::app
