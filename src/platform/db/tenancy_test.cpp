// Two organizations on one real database, and the rules of the schema that keep them apart.
#include "platform/db/migrate.hpp"
#include "platform/testing/database.hpp"

#include <doctest/doctest.h>

#include <cstdio>

namespace leadcrm::db {
namespace {

constexpr MigrationFile secrets_table{"9100_secrets.sql", R"sql(
    CREATE TABLE secrets (
        organization_id UUID NOT NULL REFERENCES organizations (id),
        id UUID NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (organization_id, id)
    );
    CREATE VIEW all_secrets AS SELECT text AS said FROM secrets;
    CREATE VIEW owned_secrets AS SELECT organization_id, text FROM secrets;
)sql"};

struct TwoOrganizations {
    testing::TestDatabase database;
    OrganizationId acme;
    OrganizationId globex;

    TwoOrganizations() : acme(database.add_organization()), globex(database.add_organization())
    {
        auto files = std::vector(migration_files().begin(), migration_files().end());
        files.push_back(secrets_table);
        migrate(*database, files);
        for (const auto& organization : {acme, globex})
            database->write(organization, [&](Tx& tx) {
                tx.run("INSERT INTO secrets (organization_id, id, text) VALUES ($1, $2, $3)",
                    make_uuid(), organization == acme ? "acme's" : "globex's");
            });
    }

    std::vector<std::string> seen_by(OrganizationId organization, std::string_view text)
    {
        return database->read(organization, [&](Reader& db) { return db.rows<std::string>(text); });
    }
    std::string refusal_of(OrganizationId organization, std::string_view text)
    {
        try {
            seen_by(organization, text);
            return {};
        } catch (const Failure& failure) {
            return failure.detail;
        }
    }
};

using Texts = std::vector<std::string>;

std::string search_table(OrganizationId organization)
{
    std::string name = "lead_search_";
    for (const auto byte : organization.uuid) {
        char digits[3];
        std::snprintf(digits, sizeof digits, "%02x", byte);
        name += digits;
    }
    return name;
}

}  // namespace

TEST_CASE("the same statement shows each organization its own rows")
{
    TwoOrganizations both;
    constexpr auto text = "SELECT text FROM secrets WHERE organization_id = $1";
    CHECK(both.seen_by(both.acme, text) == Texts{"acme's"});
    CHECK(both.seen_by(both.globex, text) == Texts{"globex's"});
}

TEST_CASE("one transaction may act for several organizations, each with its own rows")
{
    TwoOrganizations both;
    both.database->write_platform([&](PlatformTx& tx) {
        auto acme = tx.in_organization(both.acme);
        auto globex = tx.in_organization(both.globex);
        constexpr auto text = "SELECT text FROM secrets WHERE organization_id = $1";
        CHECK(acme.rows<std::string>(text) == Texts{"acme's"});
        CHECK(globex.rows<std::string>(text) == Texts{"globex's"});
        CHECK(acme.run("DELETE FROM secrets WHERE organization_id = $1") == 1);
        CHECK(globex.rows<std::string>(text) == Texts{"globex's"});
    });
}

TEST_CASE("a statement without the tenant's condition does not run")
{
    TwoOrganizations both;
    CHECK(both.refusal_of(both.acme, "SELECT text FROM secrets").find("secrets")
        != std::string::npos);
    CHECK_THROWS_AS(both.database->read_platform([](PlatformReader& db) {
        return db.rows<std::string>("SELECT text FROM secrets");
    }),
        Failure);
    CHECK_THROWS_AS(
        both.database->write(both.acme, [](Tx& tx) { tx.run("DELETE FROM secrets"); }), Failure);
}

TEST_CASE("a view does not lead around the condition")
{
    TwoOrganizations both;
    CHECK_FALSE(both.refusal_of(both.acme, "SELECT said FROM all_secrets").empty());
    CHECK_FALSE(both.refusal_of(both.acme, "SELECT text FROM owned_secrets").empty());
    CHECK_THROWS_AS(both.database->read_platform([](PlatformReader& db) {
        return db.rows<std::string>("SELECT text FROM owned_secrets");
    }),
        Failure);
}

TEST_CASE("a prepared statement on one organization's search table does not run for another")
{
    TwoOrganizations both;
    if (both.database->dialect() != Dialect::sqlite) return;  // only there are they separate
    const auto table = search_table(both.acme);
    both.database->write(both.acme, [&](Tx& tx) {
        tx.run("CREATE VIRTUAL TABLE " + table + " USING fts5(text, tokenize = 'trigram')");
        tx.run("INSERT INTO " + table + " (rowid, text) VALUES ($2, $3)", 7, "Ana Ruiz");
    });
    const auto search = "SELECT text FROM " + table + " WHERE " + table + " MATCH 'ana'";
    for (int i = 0; i < 2; ++i) {  // on each of the two connections
        CHECK(both.seen_by(both.acme, search) == Texts{"Ana Ruiz"});
        CHECK_FALSE(both.refusal_of(both.globex, search).empty());
    }
    CHECK_THROWS_AS(
        both.database->write(both.globex, [&](Tx& tx) { tx.run("DROP TABLE " + table); }), Failure);
    both.database->write(both.acme, [&](Tx& tx) { tx.run("DROP TABLE " + table); });
}

}  // namespace leadcrm::db
