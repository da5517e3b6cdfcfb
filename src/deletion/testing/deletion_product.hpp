// The whole program for tests that delete organizations.
#pragma once

#include "app/program.hpp"
#include "deletion/deletion_scope.hpp"
#include "deletion/deletion_steps.hpp"
#include "deletion/tombstone.hpp"
#include "leads/lead_intake.hpp"
#include "leads/sample_leads.hpp"
#include "meta/page.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/http_client.hpp"

#include <boost/algorithm/string/case_conv.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace leadcrm::deletion {

namespace fs = std::filesystem;
using Counts = std::map<std::string, std::int64_t>;

constexpr auto password = "correct horse battery";

// The whole program without sockets, and three organizations; what a deletion does is up to the
// test.
struct Product {
    fs::path folder = fs::temp_directory_path() / ("leadcrm-deletion-" + crypto::random_token(9));
    app::Config config = with_folder();
    testing::TestDatabase database;
    std::unique_ptr<app::Program> program = std::make_unique<app::Program>(config, *database);
    crypto::Vault vault{folder / "keys"};
    mail::Post post{*database, {}};
    std::vector<OrganizationId> left;
    std::unique_ptr<testing::HttpClient> owner = client();

    Product() { fs::create_directories(folder); }
    ~Product() { fs::remove_all(folder); }

    app::Config with_folder() const
    {
        app::Config made;
        made.data = folder;
        made.public_url = "http://crm.example.com";
        return made;
    }
    std::unique_ptr<testing::HttpClient> client() const
    {
        return std::make_unique<testing::HttpClient>(program->routes(), program->site());
    }
    OrganizationId registered(testing::HttpClient& browser, const std::string& name) const
    {
        const auto answer = browser.post("/api/v1/auth/register",
            {{"organization_name", name}, {"name", "Ana " + name},
                {"email", "ana@" + name + ".example"}, {"password", password}});
        REQUIRE(answer.status == 201);
        return *OrganizationId::parse(
            std::string(answer.json().at("organization").at("id").as_string()));
    }
    // Rows of every kind, each with the word somewhere.
    void fill(OrganizationId organization, const std::string& word, const std::string& page)
    {
        const crypto::Vault vault(folder / "keys");
        const auto lower = boost::algorithm::to_lower_copy(word);
        leads::make_samples(*database, organization, 60, 1);
        meta::import_page(*database, vault, organization, page, "Page " + word, "EAAG-" + word);
        const auto now = Instant::now();
        leads::Submission submission{.leadgen_id = "77" + page,
            .contact = {"Ana " + word, word + "@example.com", "+34600000000"},
            .source = {.channel = "meta", .page_id = page, .page_name = "Page " + word},
            .answers = {{"why", "Why?", {"because " + word}}},
            .submitted_at = now,
            .received_at = now};
        database->write(organization, [&](db::Tx& tx) { leads::take_in(tx, submission); });
        const auto delivery = Id<"delivery">::make();
        database->write_platform([&](db::PlatformTx& tx) {
            tx.run("INSERT INTO webhook_deliveries (id, app_id, body, received_at, state)"
                   " VALUES ($1, '1', $2, $3, 'sorted')",
                delivery, db::Blob{"a body about " + word}, now);
            tx.run("INSERT INTO mails (id, recipient, subject, created_at) VALUES ($1, $2, $3, $4)",
                Id<"mail">::make(), "ana@" + lower + ".example", "Leads of " + word, now);
            tx.run("INSERT INTO refused_deliveries (app_id, hour, refused, last_at)"
                   " VALUES ($1, 1, 1, 1)",
                word);
            tx.run("INSERT INTO meta_apps (app_id, organization_id, secret_sealed,"
                   " verify_token_sealed, changed_at) VALUES ($1, $2, $3, $3, 1)",
                word, organization, db::Blob{"sealed"});
            tx.in_organization(organization)
                .run("INSERT INTO delivery_links (organization_id, delivery_id, page_id)"
                     " VALUES ($1, $2, $3)",
                    delivery, page);
        });
    }
    Surroundings around()
    {
        return {.database = *database,
            .post = post,
            .exports = folder / "exports",
            .tombstones = folder / tombstones_name,
            .sqlite_file = database->dialect() == db::Dialect::sqlite
                ? fs::path(database.settings().file)
                : fs::path(),
            .public_url = config.public_url,
            .leave_meta = [this](OrganizationId id) { left.push_back(id); },
            .batch_rows = 25};
    }
    std::string ordered(testing::HttpClient& browser, const std::string& name, int grace_days)
    {
        const auto answer = browser.post("/api/v1/organization/deletion",
            {{"organization_name", name}, {"password", password}, {"grace_days", grace_days}});
        REQUIRE(answer.status == 202);
        return std::string(answer.json().at("confirmation_code").as_string());
    }
    void run_all(const std::string& code)
    {
        for (const auto& step : deletion_steps(around(), code, Instant::now())) step.run();
    }
    // How much every table holds of an organization.
    Counts counts(OrganizationId organization)
    {
        return database->read_platform([&](db::PlatformReader& db) {
            const auto scope = deletion_scope(db);
            const auto reader = db.in_organization(organization);
            Counts found;
            for (const auto* tables : {&scope.own, &scope.of_organization})
                for (const auto& table : *tables)
                    found[table.name] = reader.one<std::int64_t>(
                        "SELECT COUNT(*) FROM " + table.name + " WHERE organization_id = $1");
            return found;
        });
    }
    std::int64_t count(const std::string& sql)
    {
        return database->read_platform(
            [&](db::PlatformReader& db) { return db.one<std::int64_t>(sql); });
    }
};

inline std::int64_t sum_of(const Counts& counts)
{
    std::int64_t all = 0;
    for (const auto& [table, count] : counts) all += count;
    return all;
}

}  // namespace leadcrm::deletion
