#include "app/doctor_command.hpp"
#include "app/storage.hpp"
#include "backups/backup.hpp"
#include "meta-simulator/simulator_server.hpp"
#include "meta/page.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/postgres_server.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <set>

namespace leadcrm::app {
namespace {

namespace fs = std::filesystem;
using leadcrm::testing::TestDatabase;

// A server's folder and database, with a Meta that answers.
struct Place {
    fs::path folder = fs::temp_directory_path() / ("leadcrm-doctor-" + crypto::random_token(9));
    TestDatabase database;
    simulator::Simulator meta{{.pages = 1}};
    simulator::SimulatorServer meta_server{meta, "127.0.0.1:0"};
    std::vector<std::string> more;

    Place() { set_up(); }
    explicit Place(std::string_view migration) : database(migration) { set_up(); }
    void set_up()
    {
        fs::create_directories(folder);
        fs::permissions(folder, fs::perms::owner_all);
        if (database.settings().url.empty())
            fs::create_symlink(database.settings().file, folder / "leadcrm.sqlite");
    }
    ~Place() { fs::remove_all(folder); }

    std::string meta_url() const
    {
        return "http://127.0.0.1:" + std::to_string(meta_server.port());
    }
    std::vector<Finding> look() const
    {
        std::vector<std::string> words{"--data", folder.string(), "--meta-graph-url", meta_url()};
        if (!database.settings().url.empty())
            words.insert(words.end(), {"--database-url", database.settings().url});
        words.insert(words.end(), more.begin(), more.end());
        return examine_server(words, {}).all();
    }
    // Where Meta sends what happens with the app's pages.
    void announce_to(const std::string& callback_url, const std::set<std::string>& fields)
    {
        meta.with_state([&](simulator::State& state) {
            state.webhook.url = callback_url;
            state.world.app_fields_of(simulator::Options().app_id) = fields;
        });
    }
    // "ok", "warning", "problem", or nothing where it was not looked at; the worst of several.
    std::string state(const std::string& check) const
    {
        std::optional<FindingState> worst;
        for (const auto& each : look())
            if (each.check == check && (!worst || each.state > *worst)) worst = each.state;
        return worst ? boost::describe::enum_to_string(*worst, "") : "";
    }
    void run(const std::string& sql) const
    {
        const_cast<TestDatabase&>(database)->write_platform(
            [&](db::PlatformTx& tx) { tx.run(sql); });
    }
};

std::string state_of(const std::vector<Finding>& findings, const std::string& check)
{
    for (const auto& each : findings)
        if (each.check == check) return boost::describe::enum_to_string(each.state, "");
    return "";
}

}  // namespace

TEST_CASE("a server that is well has no problem, and every warning says what to do")
{
    Place place;
    const simulator::Options app;
    place.more = {"--meta-app-id", app.app_id, "--meta-app-secret", app.app_secret,
        "--meta-verify-token", "shh"};
    place.announce_to("http://127.0.0.1:8080/webhooks/meta", {"leadgen"});
    const auto findings = place.look();
    for (const auto& each : findings) {
        CAPTURE(each.check + ": " + each.seen);
        CHECK(each.state != FindingState::problem);
        CHECK(each.next.has_value() == (each.state != FindingState::ok));
    }
    for (const auto* check :
        {"settings", "public address", "certificate", "Meta app", "data folder", "database",
            "schema", "keys", "jobs", "dead jobs", "pages", "Meta", "app at Meta", "clock"})
        CHECK(state_of(findings, check) == "ok");
    CHECK(state_of(findings, "mail") == "warning");
    CHECK(state_of(findings, "backup") == "warning");
    const bool is_sqlite = place.database.settings().url.empty();
    CHECK(state_of(findings, "integrity") == (is_sqlite ? "ok" : ""));
    CHECK(state_of(findings, "row security") == (is_sqlite ? "" : "ok"));
    const auto text = text_of(findings);
    CHECK(text.find(app.app_secret) == std::string::npos);
    CHECK(text.find("shh") == std::string::npos);
    // It makes nothing: neither keys nor folders.
    CHECK_FALSE(fs::exists(place.folder / "keys"));
    CHECK_FALSE(fs::exists(place.folder / "backups"));
}

TEST_CASE("settings that do not fit together are told, and nothing else is looked at")
{
    const auto findings = examine_server({"--meta-app-id", "5"}, {}).all();
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].check == "settings");
    CHECK(findings[0].state == FindingState::problem);
}

TEST_CASE("an address without https, and a Meta app in parts, are problems")
{
    Place place;
    CHECK(place.state("Meta app") == "warning");
    place.more = {
        "--public-url", "http://crm.example.com", "--meta-app-id", "5", "--meta-app-secret", "s"};
    CHECK(place.state("public address") == "problem");
    CHECK(place.state("Meta app") == "problem");
    place.more = {"--public-url", "https://crm.example.com"};
    CHECK(place.state("public address") == "ok");
    CHECK(place.state("operator") == "warning");
    place.more = {"--public-url", "http://localhost:8080"};
    CHECK(place.state("public address") == "ok");
}

TEST_CASE("a certificate has to be read, belong to its key and its host, and last")
{
    Place place;
    const auto make = [&](const std::string& name, int days) {
        const auto command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1"
                             " -nodes -subj /CN=crm.example.com -days "
            + std::to_string(days) + " -keyout " + (place.folder / (name + ".key")).string()
            + " -out " + (place.folder / (name + ".pem")).string() + " 2>/dev/null";
        REQUIRE(std::system(command.c_str()) == 0);
    };
    make("long", 90);
    make("short", 3);
    const auto state = [&](const std::string& cert, const std::string& key,
                           const std::string& host = "crm.example.com") {
        place.more = {"--public-url", "https://" + host, "--tls-cert",
            (place.folder / cert).string(), "--tls-key", (place.folder / key).string()};
        return place.state("certificate");
    };
    CHECK(state("long.pem", "long.key") == "ok");
    CHECK(state("short.pem", "short.key") == "warning");
    CHECK(state("long.pem", "short.key") == "problem");
    CHECK(state("long.pem", "long.key", "other.example.com") == "problem");
    CHECK(state("nothing.pem", "long.key") == "problem");
    CHECK(state("long.pem", "long.pem") == "problem");
}

TEST_CASE("a data folder that is open to others, or not there, is a problem")
{
    Place place;
    fs::permissions(place.folder, fs::perms::owner_all | fs::perms::group_read);
    CHECK(place.state("data folder") == "problem");
    place.more = {"--data", (place.folder / "nowhere").string()};
    CHECK(place.state("data folder") == "problem");
    CHECK_FALSE(fs::exists(place.folder / "nowhere"));
}

TEST_CASE("keys that do not open what is sealed are a problem")
{
    Place place;
    const auto acme = place.database.add_organization();
    {
        const crypto::Vault vault(place.folder / "keys");
        meta::import_page(*place.database, vault, acme, "1", "Page", "token");
    }
    CHECK(place.state("keys") == "ok");
    fs::permissions(place.folder / "keys", fs::perms::owner_all | fs::perms::others_read);
    CHECK(place.state("key file") == "problem");
    fs::remove(place.folder / "keys");
    CHECK(place.state("keys") == "problem");
    CHECK_FALSE(fs::exists(place.folder / "keys"));
    const crypto::Vault another(place.folder / "keys");
    CHECK(place.state("keys") == "problem");
    std::ofstream(place.folder / "keys") << "no key";
    CHECK(place.state("key file") == "problem");
}

TEST_CASE("a schema that is behind, ahead or half restored is told, and not touched")
{
    SUBCASE("behind")
    {
        Place place("0030");
        CHECK(place.state("schema") == "warning");
        CHECK(place.state("jobs").empty());
        CHECK(place.state("schema") == "warning");
    }
    SUBCASE("ahead")
    {
        Place place;
        place.run("INSERT INTO schema_migrations (name, applied_at) VALUES ('9999_later', 1)");
        CHECK(place.state("schema") == "problem");
        place.run("DELETE FROM schema_migrations WHERE name = '9999_later'");
    }
    SUBCASE("half restored")
    {
        Place place;
        place.run("INSERT INTO schema_migrations (name, applied_at)"
                  " VALUES ('unfinished_restore', 1)");
        CHECK(place.state("schema") == "problem");
        place.run("DELETE FROM schema_migrations WHERE name = 'unfinished_restore'");
    }
}

TEST_CASE("a database that is damaged, open or away is a problem")
{
    Place place;
    if (place.database.settings().url.empty()) {
        std::ofstream(place.folder / "broken", std::ios::binary) << std::string(8192, 'x');
        fs::remove(place.folder / "leadcrm.sqlite");
        CHECK(place.state("database") == "warning");
        fs::rename(place.folder / "broken", place.folder / "leadcrm.sqlite");
        CHECK(place.state("database") == "problem");
        return;
    }
    const auto& url = place.database.settings().url;
    leadcrm::testing::run_as_postgres_admin(url, "ALTER TABLE leads NO FORCE ROW LEVEL SECURITY");
    CHECK(place.state("row security") == "problem");
    leadcrm::testing::run_as_postgres_admin(url, "ALTER TABLE leads FORCE ROW LEVEL SECURITY");
    CHECK(place.state("row security") == "ok");
    place.more = {"--database-url", "postgresql://u:hu%zzsh@127.0.0.1:1/x"};
    const auto findings = place.look();
    CHECK(state_of(findings, "database") == "problem");
    CHECK(text_of(findings).find("hu%zzsh") == std::string::npos);
}

TEST_CASE("work that is late or dead, pages that fail and old backups are warnings")
{
    Place place;
    const auto acme = place.database.add_organization();
    const crypto::Vault vault(place.folder / "keys");
    meta::import_page(*place.database, vault, acme, "1", "Page", "token");
    place.database->write(acme, [](db::Tx& tx) {
        tx.run("UPDATE pages SET problem_code = 'reconnect', problem_message = 'Ana must look',"
               " problem_since = 1 WHERE organization_id = $1");
    });
    place.database->write_platform([](db::PlatformTx& tx) {
        for (const auto* state : {"waiting", "dead"})
            tx.run("INSERT INTO jobs (id, kind, key, payload, state, run_at, failures,"
                   " attempts_max, trouble, created_at)"
                   " VALUES ($1, 'x', '', '{}', $2, 1, 0, 1, 'ana@acme.example', 1)",
                jobs::JobId::make(), std::string(state));
    });
    CHECK(place.state("jobs") == "warning");
    CHECK(place.state("dead jobs") == "warning");
    CHECK(place.state("pages") == "warning");
    const auto text = text_of(place.look());
    CHECK(text.find("ana@acme.example") == std::string::npos);
    CHECK(text.find("Ana") == std::string::npos);

    const auto backups = place.folder / "elsewhere";
    place.more = {"--backups", backups.string()};
    CHECK(place.state("backup") == "warning");
    backups::make_backup(*place.database, backups, "test", [](std::int64_t) {});
    CHECK(place.state("backup") == "ok");
    for (const auto& file : fs::directory_iterator(backups))
        if (file.path().extension() == ".zip") fs::remove(file.path());
    std::ofstream(backups / "leadcrm-20260101T000000.000001Z.zip") << "";
    CHECK(place.state("backup") == "warning");
}

TEST_CASE("a mail server and a Meta that do not answer are problems")
{
    Place place;
    place.more = {"--smtp-url", "smtp://ana:hush@127.0.0.1:1", "--mail-from", "crm@example.com",
        "--meta-graph-url", "http://127.0.0.1:1"};
    const auto findings = place.look();
    CHECK(state_of(findings, "mail") == "problem");
    CHECK(state_of(findings, "Meta") == "problem");
    CHECK(state_of(findings, "clock").empty());
    CHECK(text_of(findings).find("hush") == std::string::npos);
}

TEST_CASE("an app whose secret or webhook is not what Meta knows is a problem")
{
    Place place;
    const auto with_secret = [&](const std::string& secret) {
        place.more = {"--public-url", "https://crm.example.com", "--meta-app-id",
            simulator::Options().app_id, "--meta-app-secret", secret, "--meta-verify-token", "v"};
        return place.look();
    };
    const auto seen = [](const std::vector<Finding>& findings) {
        for (const auto& each : findings)
            if (each.check == "app at Meta") return each.seen;
        return std::string();
    };
    const auto guessed = with_secret("a-guess");
    CHECK(state_of(guessed, "app at Meta") == "problem");
    CHECK(text_of(guessed).find("a-guess") == std::string::npos);

    const auto secret = simulator::Options().app_secret;
    place.announce_to("", {});
    CHECK(seen(with_secret(secret)) == "it has no webhook: no lead is announced");
    place.announce_to("https://old.example.com/webhooks/meta", {"leadgen"});
    CHECK(
        seen(with_secret(secret)) == "its webhook leads to https://old.example.com/webhooks/meta");
    place.announce_to("https://crm.example.com/webhooks/meta", {"feed"});
    CHECK(seen(with_secret(secret)) == "its webhook leads here, and leads are not sent");
    place.announce_to("https://crm.example.com/webhooks/meta", {"leadgen"});
    CHECK(state_of(with_secret(secret), "app at Meta") == "ok");
}

}  // namespace leadcrm::app
