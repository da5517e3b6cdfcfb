// An organization's own Meta app, side by side with the platform's: it has a webhook address and a
// secret of its own, and what it delivers reaches that organization only.
#pragma once

#include "meta/settings.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace leadcrm::meta {

struct OwnApp {
    std::string app_id;
    OrganizationId organization_id;
    db::Blob secret_sealed;
    db::Blob verify_token_sealed;
    Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(
    OwnApp, (), (app_id, organization_id, secret_sealed, verify_token_sealed, changed_at))

// What the two are sealed with.
std::string secret_context(const OwnApp& app);
std::string verify_context(const OwnApp& app);

// As the webhook needs it.
struct OpenApp {
    OrganizationId organization_id;
    Settings settings;  // the platform's, with this app's id, secret and verify token
};

// All of them, in memory: a webhook of an app nobody has is refused before any work. Kept up to
// date with other processes. Thread-safe. Make it before the database's first work.
class OwnApps {
public:
    OwnApps(db::Database& database, const crypto::Vault& vault, const Settings& platform);

    // Blocking.
    void load();
    std::shared_ptr<const OpenApp> find(const std::string& app_id) const;

    // Gives the organization this app, in place of the one it had. Without a secret, the one that
    // is there is kept. Blocking. Throws Failure: invalid, conflict.
    void put(OrganizationId organization, const std::string& app_id,
        const std::optional<std::string>& secret);
    void remove(OrganizationId organization);

    // The verify token is for the organization's own people; the secret never comes out.
    std::optional<OwnApp> find_of(OrganizationId organization) const;
    std::string verify_token_of(const OwnApp& app) const;

private:
    using Apps = std::map<std::string, std::shared_ptr<const OpenApp>>;
    Apps read(const db::PlatformReader& db) const;

    db::Database& database_;
    const crypto::Vault& vault_;
    const Settings platform_;
    mutable std::mutex mutex_;
    Apps apps_;
};

}  // namespace leadcrm::meta
