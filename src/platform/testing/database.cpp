#include "platform/testing/database.hpp"

#include "platform/db/migrate.hpp"
#include "platform/testing/postgres_server.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace leadcrm::testing {
namespace {

namespace fs = std::filesystem;

// In memory where the machine offers that: every commit waits for its disk.
fs::path make_folder()
{
    const fs::path memory = "/dev/shm";
    const auto place = access(memory.c_str(), W_OK) == 0 ? memory : fs::temp_directory_path();
    auto name = (place / "leadcrm-test-XXXXXX").string();
    if (!mkdtemp(name.data()))
        throw std::runtime_error("cannot make a folder in " + place.string());
    return name;
}

// What all databases of this process start from: migrating takes longer than copying.
class SqliteTemplate {
public:
    static const fs::path& file()
    {
        static const SqliteTemplate made;
        return made.file_;
    }

private:
    SqliteTemplate() : folder_(make_folder()), file_(folder_ / "template.db")
    {
        const auto database = db::Database::open({.file = file_, .readers = 0});
        db::migrate(*database);
    }
    ~SqliteTemplate() { fs::remove_all(folder_); }

    fs::path folder_;
    fs::path file_;
};

}  // namespace

TestDatabase::TestDatabase()
{
    settings_.readers = 2;
    if (has_postgres_server()) {
        settings_.url = take_postgres_database();
    } else {
        settings_.file = make_folder() / "test.db";
        fs::copy_file(SqliteTemplate::file(), settings_.file);
    }
    database_ = db::Database::open(settings_);
}

TestDatabase::TestDatabase(std::string_view migration)
{
    settings_.readers = 2;
    if (has_postgres_server()) {
        settings_.url = take_postgres_database();
        run_as_postgres_admin(settings_.url,
            "SET client_min_messages = warning; DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION leadcrm_app");
    } else {
        settings_.file = make_folder() / "test.db";
    }
    database_ = db::Database::open(settings_);
    const auto all = db::migration_files();
    const auto first = std::find_if(
        all.begin(), all.end(), [&](const auto& file) { return file.name >= migration; });
    db::migrate(*database_, {all.begin(), first});
}

TestDatabase::~TestDatabase()
{
    database_.reset();
    if (std::getenv("WORKSPACE_KEEP"))
        std::printf("kept: %s%s\n", settings_.file.c_str(), settings_.url.c_str());
    else if (settings_.url.empty())
        fs::remove_all(settings_.file.parent_path());
    else
        give_back_postgres_database(settings_.url);
}

void TestDatabase::reopen()
{
    database_.reset();
    database_ = db::Database::open(settings_);
}

OrganizationId TestDatabase::add_organization(const std::string& name)
{
    const auto id = OrganizationId::make();
    database_->write_platform([&](db::PlatformTx& tx) {
        tx.run("INSERT INTO organizations (id, name, time_zone, created_at) VALUES ($, $, $, $)",
            id, name, "UTC", Instant::now());
    });
    return id;
}

}  // namespace leadcrm::testing
