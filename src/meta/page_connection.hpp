// Connecting a page Facebook showed, and letting it go: its subscription at Meta and what we keep
// of it. Blocking.
#pragma once

#include "meta/connection.hpp"
#include "meta/graph_client.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"
#include "platform/jobs/jobs.hpp"

#include <optional>
#include <string>

namespace leadcrm::meta {

// Sees to it that the page is subscribed at Meta, later.
void order_subscription(db::Tx& tx, const std::string& page_id);

// Makes a shown page one of the organization's, or gives it its new token.
void store_connection(
    db::Database& database, OrganizationId organization, UserId user, const ShownPage& page);

class PageConnections {
public:
    PageConnections(db::Database& database, const crypto::Vault& vault, GraphClient& graph,
        const Settings& settings);

    void handle_jobs(jobs::Workers& workers);

    // Throws Failure: not_found, conflict with what is missing, unavailable.
    void connect(OrganizationId organization, UserId user, const std::string& page_id);
    // Harmless when it is not connected. Throws Failure::not_found.
    void disconnect(OrganizationId organization, const std::string& page_id);

    // Subscribes the page again, where somebody ended that at Meta.
    void keep_subscribed(OrganizationId organization, const std::string& page_id);

private:
    db::Database& database_;
    const crypto::Vault& vault_;
    GraphClient& graph_;
    const Settings settings_;
};

}  // namespace leadcrm::meta
