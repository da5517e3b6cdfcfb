#include "app/program.hpp"
#include "backups/backup.hpp"
#include "backups/backup_file.hpp"
#include "backups/backup_row.hpp"
#include "backups/restore.hpp"
#include "backups/restored_letter.hpp"
#include "deletion/after_restore.hpp"
#include "events/counter.hpp"
#include "exports/zip_file.hpp"
#include "leads/lead_intake.hpp"
#include "leads/sample_leads.hpp"
#include "platform/db/migrate.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/http_client.hpp"
#include "privacy/erasure.hpp"
#include "privacy/kept_marks.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <future>

namespace leadcrm::backups {
namespace {

namespace fs = std::filesystem;

constexpr auto password = "correct horse battery";
const Progress untold = [](std::int64_t) {};

struct Folder {
    fs::path path = fs::temp_directory_path() / ("leadcrm-backup-" + crypto::random_token(9));
    Folder() { fs::create_directories(path); }
    ~Folder() { fs::remove_all(path); }
};

// The program without sockets, on a database of somebody else.
struct Server {
    Server(db::Database& database, const fs::path& data)
        : config(config_in(data))
        , program(config, database)
        , browser(program.routes(), program.site())
    {
    }
    static app::Config config_in(const fs::path& data)
    {
        app::Config config;
        config.data = data;
        config.public_url = "http://crm.example.com";
        return config;
    }
    OrganizationId registered(const std::string& name)
    {
        const auto answer = browser.post("/api/v1/auth/register",
            {{"organization_name", name}, {"name", "Ana"}, {"email", "ana@" + name + ".example"},
                {"password", password}});
        REQUIRE(answer.status == 201);
        return *OrganizationId::parse(
            std::string(answer.json().at("organization").at("id").as_string()));
    }
    bool sign_in(const std::string& name)
    {
        return browser
                   .post("/api/v1/auth/login",
                       {{"email", "ana@" + name + ".example"}, {"password", password}})
                   .status
            == 200;
    }
    std::size_t found(const std::string& text)
    {
        return browser.get("/api/v1/leads?q=" + text).json().at("data").as_array().size();
    }

    const app::Config config;
    app::Program program;
    testing::HttpClient browser;
};

void take_in(db::Database& database, OrganizationId organization, const std::string& name)
{
    const leads::Submission submission{.leadgen_id = "77" + name,
        .contact = {name, name + "@example.com", ""},
        .source = {.channel = "meta", .page_id = "1001", .page_name = "Page \"" + name + "\"\n"},
        .answers = {{"why", "Why?", {"=1+1", "\xF0\x9F\x8C\xB1"}}},
        .submitted_at = Instant::now(),
        .received_at = Instant::now()};
    database.write(organization, [&](db::Tx& tx) { leads::take_in(tx, submission); });
}

std::string text_of(const db::Value& cell)
{
    if (const auto* words = std::get_if<std::string>(&cell)) return *words;
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
    if (const auto* uuid = std::get_if<Uuid>(&cell)) return uuid_text(*uuid);
    if (const auto* blob = std::get_if<db::Blob>(&cell)) return crypto::hex(blob->bytes);
    if (const auto* is = std::get_if<bool>(&cell)) return *is ? "true" : "false";
    if (const auto* tree = std::get_if<db::JsonText>(&cell))
        return json::print(json::parse(tree->text));
    return "nothing";
}

// All rows, by table; rows and columns in an order that both databases agree on.
std::map<std::string, std::vector<std::string>> rows_of(const fs::path& backup)
{
    std::map<std::string, std::vector<std::string>> rows;
    BackupFile(backup).each_row([&](const TableKept& table, const std::vector<db::Value>& row) {
        std::map<std::string, std::string> cells;
        for (std::size_t i = 0; i < row.size(); ++i) cells[table.columns[i].name] = text_of(row[i]);
        std::string text;
        for (const auto& [column, cell] : cells) text += column + '=' + cell + '|';
        rows[table.table].push_back(std::move(text));
    });
    for (auto& [table, lines] : rows) std::ranges::sort(lines);
    return rows;
}

std::unique_ptr<db::Database> new_sqlite(const Folder& folder)
{
    db::Settings settings;
    settings.file = folder.path / "other.sqlite";
    return db::Database::open(settings);
}

}  // namespace

TEST_CASE("a backup holds every row, and both databases take it")
{
    const Folder folder;
    testing::TestDatabase database;
    Server server(*database, folder.path);
    const auto acme = server.registered("acme");
    leads::make_samples(*database, acme, 1200, 1);
    take_in(*database, acme, "Zoltan");
    const auto made = make_backup(*database, folder.path, "leadcrm test", untold);
    CHECK(made.rows > 4000);
    CHECK((fs::status(made.file).permissions() & fs::perms::others_all) == fs::perms::none);

    testing::TestDatabase same("0000");
    const auto other = new_sqlite(folder);
    for (auto* fresh : {&*same, other.get()}) {
        const auto restored = restore(*fresh, made.file, {}, untold);
        CHECK(restored.rows == made.rows);
        CHECK(restored.deletions.empty());
        CHECK_THROWS_WITH_AS(
            db::migrate(*fresh), doctest::Contains("did not come to its end"), Failure);
        finish(*fresh, std::nullopt);
        db::migrate(*fresh);
        const Folder second;
        const auto again = make_backup(*fresh, second.path, "leadcrm test", untold);
        const auto before = rows_of(made.file);
        const auto after = rows_of(again.file);
        CHECK(before.size() == after.size());
        for (const auto& kept : before) {
            const auto& table = kept.first;
            const auto& rows = kept.second;
            CAPTURE(table);
            REQUIRE(after.contains(table));
            REQUIRE(rows.size() == after.at(table).size());
            for (std::size_t i = 0; i < rows.size(); ++i) REQUIRE(rows[i] == after.at(table)[i]);
        }

        Server restarted(*fresh, folder.path);
        CHECK(restarted.browser.get("/api/v1/me").status == 401);
        REQUIRE(restarted.sign_in("acme"));
        CHECK(restarted.found("Zoltan") == 1);
        // What is counted goes on from where it was.
        take_in(*fresh, acme, "Yolanda");
        CHECK(restarted.found("Yolanda") == 1);
        CHECK(restarted.found("example") > 1);
        CHECK_THROWS_AS(restore(*fresh, made.file, {}, untold), Failure);
    }
}

TEST_CASE("a backup made while leads come in is of one moment")
{
    const Folder folder;
    testing::TestDatabase database;
    Server server(*database, folder.path);
    const auto acme = server.registered("acme");
    std::atomic<bool> is_over = false;
    auto coming = std::async(std::launch::async, [&] {
        for (int i = 0; !is_over; ++i) take_in(*database, acme, "Lead" + std::to_string(i));
    });
    const auto made = make_backup(*database, folder.path, "leadcrm test", untold);
    is_over = true;
    coming.get();
    testing::TestDatabase fresh("0000");
    restore(*fresh, made.file, {}, untold);
    const auto count = [&](const std::string& table) {
        return fresh->read(acme, [&](db::Reader& db) {
            return db.one<std::int64_t>(
                "SELECT COUNT(*) FROM " + table + " WHERE organization_id = $1");
        });
    };
    CHECK(count("leads") == count("submissions"));
    CHECK(count("leads") == fresh->read(acme, [](db::Reader& db) {
        return events::last_number(db, "lead_number");
    }));
}

TEST_CASE("a damaged backup is refused, and leaves nothing")
{
    const Folder folder;
    testing::TestDatabase database;
    Server server(*database, folder.path);
    leads::make_samples(*database, server.registered("acme"), 300, 1);
    const auto made = make_backup(*database, folder.path, "leadcrm test", untold);
    std::string bytes;
    {
        std::ifstream in(made.file, std::ios::binary);
        bytes.assign(std::istreambuf_iterator<char>(in), {});
    }
    const auto damaged = folder.path / "damaged.zip";
    const auto write = [&](const std::string& what) {
        std::ofstream(damaged, std::ios::binary | std::ios::trunc) << what;
    };
    testing::TestDatabase fresh("0000");
    const auto is_refused = [&] {
        try {
            restore(*fresh, damaged, {}, untold);
            return false;
        } catch (const Failure& failure) {
            return failure.kind == Failure::Kind::malformed;
        }
    };
    const auto inside = bytes.find("tables/events.jsonl");
    REQUIRE(inside < bytes.size());
    for (const std::size_t further : {100, 400, 900}) {
        CAPTURE(further);
        auto flipped = bytes;
        flipped[inside + further] = char(flipped[inside + further] ^ 0x55);
        write(flipped);
        CHECK(is_refused());
    }
    write(bytes.substr(0, bytes.size() / 2));
    CHECK(is_refused());
    write("");
    CHECK(is_refused());
    write("a letter to my aunt");
    CHECK(is_refused());
    CHECK(fresh->read_platform([](db::PlatformReader& db) {
        return db.one<std::int64_t>("SELECT COUNT(*) FROM organizations");
    }) == 0);
    CHECK(restore(*fresh, made.file, {}, untold).rows == made.rows);
}

TEST_CASE("a backup of an earlier version is brought up to date, one of a later is refused")
{
    const Folder folder;
    const auto file = folder.path / "old.zip";
    const auto write = [&](const std::string& newest) {
        Manifest manifest{.made_by = "leadcrm other"};
        std::set<std::string> names{newest};
        for (const auto& each : db::migration_files())
            if (each.name < "0037")
                names.insert(std::string(each.name.substr(0, each.name.find('.'))));
        manifest.migrations = {names.begin(), names.end()};
        const std::string line = "[\"0195b7e2-0000-7000-8000-000000000001\",\"Acme\",\"UTC\",1]\n";
        manifest.tables = {{"organizations",
            {{"id", db::ColumnType::uuid}, {"name", db::ColumnType::text},
                {"time_zone", db::ColumnType::text}, {"created_at", db::ColumnType::whole}},
            1, crypto::hex(crypto::sha256(line))}};
        exports::ZipFile zip(file);
        zip.begin("tables/organizations.jsonl");
        zip.write(line);
        zip.begin("manifest.json");
        zip.write(json::text_of(manifest));
        zip.finish();
    };
    testing::TestDatabase fresh("0000");
    write("9999_from_the_future");
    CHECK_THROWS_AS(restore(*fresh, file, {}, untold), Failure);
    write("0001_accounts");
    CHECK(restore(*fresh, file, {}, untold).rows == 1);
    CHECK(fresh->read_platform([](db::PlatformReader& db) {
        return db.one<std::string>("SELECT name FROM organizations");
    }) == "Acme");
    CHECK(fresh
              ->read_platform([](db::PlatformReader& db) {
                  return db.rows<std::string>("SELECT code FROM organization_deletions"
                                              " WHERE organization_hash IS NOT NULL");
              })
              .empty());  // a column of a later migration
}

TEST_CASE("a tombstone that was cut off when its writer died stands in nobody's way")
{
    const Folder folder;
    const auto file = folder.path / deletion::tombstones_name;
    deletion::bury(file, {{"first", "1", Instant::now()}});
    std::ofstream(file, std::ios::app) << R"({"organization_hash":"cut)";
    deletion::bury(file, {{"second", "2", Instant::now()}});
    deletion::bury(file, {{"second", "2", Instant::now()}});
    const auto stones = deletion::read_tombstones(file);
    REQUIRE(stones.size() == 2);
    CHECK(stones.front().organization_hash == "first");
    CHECK(stones.back().organization_hash == "second");
}

TEST_CASE("who was erased after a backup is erased again")
{
    const Folder folder;
    testing::TestDatabase database;
    Server server(*database, folder.path);
    const auto acme = server.registered("acme");
    take_in(*database, acme, "Zoltan");
    take_in(*database, acme, "Yolanda");
    const auto made = make_backup(*database, folder.path / "kept", "leadcrm test", untold);
    const auto lead = database->read(acme, [](db::Reader& db) {
        return db.one<leads::LeadId>("SELECT lead_id FROM submissions"
                                     " WHERE organization_id = $1 AND leadgen_id = '77Zoltan'");
    });
    database->write_platform(
        [&](db::PlatformTx& db) { privacy::erase(db, acme, lead, std::nullopt); });
    for (int i = 0; i < 2; ++i) privacy::keep_marks(*database, acme, folder.path);

    testing::TestDatabase fresh("0000");
    CHECK(restore(*fresh, made.file, {folder.path}, untold).erased == 1);
    Server restarted(*fresh, folder.path);
    REQUIRE(restarted.sign_in("acme"));
    CHECK(restarted.found("Zoltan") == 0);
    CHECK(restarted.found("Yolanda") == 1);
    take_in(*fresh, acme, "Zoltan");
    CHECK(restarted.found("Zoltan") == 0);
}

TEST_CASE("owners are told of what time their data is after a restore")
{
    const Folder folder;
    testing::TestDatabase database;
    Server server(*database, folder.path);
    const auto acme = server.registered("acme");
    database->write_platform(
        [](db::PlatformTx& tx) { tx.run("UPDATE users SET email_confirmed_at = 1"); });
    const auto made = make_backup(*database, folder.path / "kept", "leadcrm test", untold);

    testing::TestDatabase fresh("0000");
    const auto restored = restore(*fresh, made.file, {}, untold);
    CHECK(std::chrono::abs(Instant::now() - restored.backed_up_at) < std::chrono::minutes(5));
    finish(*fresh, parse_time("2026-11-26T21:40:00Z").value());
    mail::Post post{*fresh, {}};
    jobs::Workers workers{*fresh, 1};
    handle_restored_letters(workers, *fresh, post, "http://crm.example.com");
    workers.run_due();
    const auto mails =
        fresh->read_platform([](db::PlatformReader& db) { return mail::list(db, 10); });
    REQUIRE(mails.size() == 1);
    CHECK(mails[0].subject == "acme is back from a backup");
    CHECK(mails[0].text->find("as it was on 26 November 2026 at 21:40") != std::string::npos);
    CHECK(fresh->read(acme, [](db::Reader& db) {
        return db.rows<std::string>("SELECT object FROM audit_log"
                                    " WHERE organization_id = $1 AND action = 'leadcrm restore'");
    }) == std::vector<std::string>{"2026-11-26T21:40:00Z"});
}

TEST_CASE("what was deleted after a backup does not come back with it")
{
    const Folder folder;
    testing::TestDatabase database;
    Server server(*database, folder.path);
    const auto acme = server.registered("acme");
    Server second(*database, folder.path);
    second.registered("globex");
    take_in(*database, acme, "Zoltan");
    CHECK(second.browser
              .post("/api/v1/organization/deletion",
                  {{"organization_name", "globex"}, {"password", password}, {"grace_days", 1}})
              .status
        == 202);
    const auto made = make_backup(*database, folder.path / "kept", "leadcrm test", untold);

    mail::Post post(*database, {});
    const auto around = [&](db::Database& which) {
        return deletion::Surroundings{.database = which,
            .post = post,
            .exports = folder.path / "exports",
            .tombstones = folder.path / deletion::tombstones_name,
            .leave_meta = [](OrganizationId) {}};
    };
    const auto ordered = server.browser.post("/api/v1/organization/deletion",
        {{"organization_name", "acme"}, {"password", password}, {"grace_days", 0}});
    REQUIRE(ordered.status == 202);
    const std::string code(ordered.json().at("confirmation_code").as_string());
    for (const auto& step : deletion::deletion_steps(around(*database), code, Instant::now()))
        step.run();
    // A later backup tells the folder of it, for whoever loses the machine.
    make_backup(*database, folder.path / "kept", "leadcrm test", untold);
    const auto stones = deletion::read_tombstones(folder.path / deletion::tombstones_name);
    REQUIRE(stones.size() == 1);
    CHECK(deletion::read_tombstones(folder.path / "kept" / deletion::tombstones_name).size() == 1);

    testing::TestDatabase fresh("0000");
    const auto restored = restore(*fresh, made.file, {folder.path}, untold);
    REQUIRE(restored.deletions.size() == 1);
    CHECK(restored.deletions.front() == code);
    deletion::delete_again(around(*fresh), restored.deletions);
    Server restarted(*fresh, folder.path);
    CHECK_FALSE(restarted.sign_in("acme"));
    CHECK(restarted.browser.get("/data-deletion/" + code).status == 200);
    CHECK(fresh->read_platform([](db::PlatformReader& db) {
        return db.rows<std::string>("SELECT name FROM organizations");
    }) == std::vector<std::string>{"globex"});
    CHECK(fresh->read(acme, [](db::Reader& db) {
        return db.one<std::int64_t>("SELECT COUNT(*) FROM leads WHERE organization_id = $1");
    }) == 0);

    // The other one waits: its owner may have taken it back after the backup.
    REQUIRE(restarted.sign_in("globex"));
    const auto waiting = restarted.browser.get("/api/v1/organization/deletion").json();
    CHECK(waiting.at("state") == "scheduled");
    CHECK(*parse_time(std::string_view(waiting.at("delete_at").as_string()))
        > Instant::now() + std::chrono::hours(6 * 24));
}

}  // namespace leadcrm::backups
