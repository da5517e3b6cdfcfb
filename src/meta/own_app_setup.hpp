// Setting up an organization's own app, changing it and taking it away. Pages that are connected
// through an app that goes stay the organization's, with all their leads; they lose their token and
// say so until Facebook is connected again through the app that is used then.
#pragma once

#include "meta/apps.hpp"
#include "meta/page_connection.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"

#include <optional>
#include <string>
#include <vector>

namespace leadcrm::meta {

struct OwnAppWish {
    std::string app_id;
    std::optional<std::string> secret;  // nothing: the one that is there
    std::string login_config_id;
};

// All of it blocks.
class OwnAppSetup {
public:
    OwnAppSetup(
        db::Database& database, const crypto::Vault& vault, Apps& apps, PageConnections& pages);

    // In place of the app the organization had. Meta is asked whether id and secret belong
    // together. Throws Failure: invalid, conflict.
    void put(OrganizationId organization, const OwnAppWish& wish);
    void remove(OrganizationId organization);
    // Has Meta verify our address and send leads to it. Throws Failure: not_found, conflict,
    // unavailable.
    void set_webhook(OrganizationId organization);

    // The verify token is for the organization's own people; the secret never comes out.
    std::optional<OwnApp> find(OrganizationId organization) const;
    std::string verify_token_of(const OwnApp& app) const;
    // Those that are connected through it.
    std::vector<Page> pages_of(const OwnApp& app) const;

private:
    void check(const std::optional<OwnApp>& before, const OwnAppWish& wish,
        OrganizationId organization) const;
    void check_with_meta(const OwnApp& app) const;
    void unsubscribe_pages(const OwnApp& app) const;

    db::Database& database_;
    const crypto::Vault& vault_;
    Apps& apps_;
    PageConnections& pages_;
};

}  // namespace leadcrm::meta
