// Connecting a page Facebook showed, and letting it go: its subscription at Meta and what we keep
// of it. Blocking.
#pragma once

#include "meta/apps.hpp"
#include "meta/connection.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"
#include "platform/jobs/jobs.hpp"

#include <string>

namespace leadcrm::meta {

// Sees to it that the page is subscribed at Meta, later.
void order_subscription(db::Tx& tx, const std::string& page_id);

class PageConnections {
public:
    PageConnections(db::Database& database, const crypto::Vault& vault, const Apps& apps);

    void handle_jobs(jobs::Workers& workers);

    // Throws Failure: not_found, conflict with what is missing, unavailable.
    void connect(OrganizationId organization, UserId user, const std::string& page_id);
    // Harmless when it is not connected. Throws Failure::not_found.
    void disconnect(OrganizationId organization, const std::string& page_id);

    // Makes a shown page one of the organization's, or gives it its new token. Where it came
    // through another app before, its subscription to that one ends if nobody else needs it.
    void keep(OrganizationId organization, UserId user, const ShownPage& page);

    // Subscribes the page again, where somebody ended that at Meta.
    void keep_subscribed(OrganizationId organization, const std::string& page_id);

    // Ends the page's subscription to the app it is connected through. Meta's refusal is only
    // logged: what it goes on sending asks for nothing.
    void unsubscribe_from_app(OrganizationId organization, const Page& page) const;

private:
    void leave(OrganizationId organization, const Page& before) const;

    db::Database& database_;
    const crypto::Vault& vault_;
    const Apps& apps_;
};

}  // namespace leadcrm::meta
