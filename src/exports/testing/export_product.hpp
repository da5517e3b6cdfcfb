// The whole program for tests that order files and fetch them.
#pragma once

#include "app/program.hpp"
#include "exports/export_writing.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/http_client.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

namespace leadcrm::exports {

namespace fs = std::filesystem;

// The whole program without sockets; its jobs are done when the test says so.
struct Product {
    fs::path folder = fs::temp_directory_path() / ("leadcrm-exports-" + crypto::random_token(9));
    app::Config config = with_folder();
    testing::TestDatabase database;
    app::Program program{config, *database};
    crypto::Vault vault{folder / "keys"};
    jobs::Workers workers{*database, 1};
    testing::HttpClient owner{program.routes(), program.site()};
    OrganizationId organization;

    Product()
    {
        handle_exports(workers, *database, vault, folder / "exports");
        organization = registered(owner, "Acme");
    }
    ~Product() { fs::remove_all(folder); }

    app::Config with_folder() const
    {
        app::Config made;
        made.data = folder;
        made.public_url = "http://crm.example.com";
        return made;
    }
    OrganizationId registered(testing::HttpClient& client, const std::string& name) const
    {
        const auto answer = client.post("/api/v1/auth/register",
            {{"organization_name", name}, {"name", "Ana of " + name},
                {"email", "ana@" + name + ".example"}, {"password", "correct horse battery"}});
        REQUIRE(answer.status == 201);
        return *OrganizationId::parse(
            std::string(answer.json().at("organization").at("id").as_string()));
    }
    // Signs the owner's colleague in.
    void sign_in_agent(testing::HttpClient& client)
    {
        const auto id = UserId::make();
        const auto token = crypto::random_token();
        database->write_platform([&](db::PlatformTx& tx) {
            tx.run("INSERT INTO users (id, email, name, password_hash, created_at)"
                   " VALUES ($1, 'joe@acme.example', 'Joe', '', 0)",
                id);
            tx.run("INSERT INTO memberships (user_id, organization_id, role, created_at)"
                   " VALUES ($1, $2, 'agent', 0)",
                id, organization);
            tx.run("INSERT INTO sessions (token_hash, user_id, organization_id, created_at,"
                   " expires_at, address, user_agent) VALUES ($1, $2, $3, 0, $4, '', '')",
                db::Blob{crypto::sha256(token)}, id, organization,
                Instant::now() + std::chrono::hours(1));
        });
        client.cookies["leadcrm_session"] = token;
    }
    boost::json::object made(testing::HttpClient& client, const boost::json::value& order)
    {
        const auto ordered = client.post("/api/v1/exports", order);
        REQUIRE(ordered.status == 202);
        workers.run_due();
        const auto id = std::string(ordered.json().at("id").as_string());
        return client.get("/api/v1/exports/" + id).json().as_object();
    }
    testing::Answer fetched(testing::HttpClient& client, const boost::json::object& made,
        const http::Headers& headers = {}) const
    {
        return client.get(std::string(made.at("download_path").as_string()), headers);
    }
};

}  // namespace leadcrm::exports
