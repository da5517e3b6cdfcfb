// An organization's own Meta app, side by side with the platform's: it has a webhook address and a
// secret of its own, and what it delivers reaches that organization only. In use: apps.hpp;
// changing or removing it: own_app_change.hpp.
#pragma once

#include "platform/db/session.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace leadcrm::meta {

struct OwnApp {
    std::string app_id;
    OrganizationId organization_id;
    db::Blob secret_sealed;
    db::Blob verify_token_sealed;
    Instant changed_at;
    std::string login_config_id;  // of Facebook Login for Business; empty: classic scopes
    std::optional<Instant> handshake_at;  // Meta has verified the webhook's address
};
BOOST_DESCRIBE_STRUCT(OwnApp, (),
    (app_id, organization_id, secret_sealed, verify_token_sealed, changed_at, login_config_id,
        handshake_at))

// What the two are sealed with.
std::string secret_context(const OwnApp& app);
std::string verify_context(const OwnApp& app);

namespace store {

std::vector<OwnApp> list_own_apps(const db::PlatformReader& db);
std::optional<OwnApp> find_own_app(const db::PlatformReader& db, OrganizationId organization);
// Whose app it is.
std::optional<OrganizationId> holder_of_app(
    const db::PlatformReader& db, const std::string& app_id);
// In place of the one the organization had.
void replace(db::PlatformTx& tx, const OwnApp& app);
void remove_own_app(db::PlatformTx& tx, OrganizationId organization);
void set_handshake(db::PlatformTx& tx, const std::string& app_id, Instant at);

}  // namespace store
}  // namespace leadcrm::meta
