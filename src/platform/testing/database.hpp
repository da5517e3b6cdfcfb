// A database for one test: migrated, empty, gone at the end. A SQLite file in memory, or a database
// of its own on the PostgreSQL server that TEST_POSTGRES_URL names, so the same tests run on both.
// With WORKSPACE_KEEP=1 it stays and its place is printed.
#pragma once

#include "platform/db/database.hpp"

#include <memory>

namespace leadcrm::testing {

class TestDatabase {
public:
    TestDatabase();
    // With the schema as it was before a migration, "0010": to see what becomes of rows.
    explicit TestDatabase(std::string_view migration);
    ~TestDatabase();
    TestDatabase(const TestDatabase&) = delete;
    TestDatabase& operator=(const TestDatabase&) = delete;

    db::Database& operator*() { return *database_; }
    db::Database* operator->() { return database_.get(); }

    // For opening it once more, as a second process would.
    const db::Settings& settings() const { return settings_; }
    // Closes and opens it, as a restart would.
    void reopen();

    // An organization that is there, because tenant tables refer to it.
    OrganizationId add_organization(const std::string& name = "Acme");

private:
    db::Settings settings_;
    std::unique_ptr<db::Database> database_;
};

}  // namespace leadcrm::testing
