// The Meta apps of this server: the platform's, and those organizations have of their own. Each
// asks Graph in its own name, with its own secret and limits. An own app as it is kept:
// own_app.hpp.
#pragma once

#include "meta/call_counts.hpp"
#include "meta/graph_client.hpp"
#include "meta/own_app.hpp"
#include "meta/settings.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace leadcrm::meta {

struct App {
    App(const Send& send, const Settings& settings, std::optional<OrganizationId> whose,
        TellResult told = {})
        : organization_id(whose), graph(send, settings, std::move(told))
    {
    }

    const std::optional<OrganizationId> organization_id;  // nothing: the platform's
    GraphClient graph;

    const Settings& settings() const { return graph.app(); }
    // What a row says that came through this app.
    std::optional<std::string> id_if_own() const
    {
        return organization_id ? std::optional(settings().app_id) : std::nullopt;
    }
};

// All of them, in memory: a webhook of an app nobody has is refused before any work. Kept up to
// date with other processes. Thread-safe. Make it before the database's first work.
class Apps {
public:
    Apps(db::Database& database, const crypto::Vault& vault, Send send, const Settings& platform);

    // Blocking.
    void load();

    // Without an app id when the operator has set up none.
    std::shared_ptr<App> platform() const { return kept_->platform; }
    // Somebody's own; nothing when there is no such app.
    std::shared_ptr<App> find_own(const std::string& app_id) const;
    // The one a row came through. Throws Failure::unavailable when it is there no more, or not yet
    // known to this process.
    std::shared_ptr<App> of(const std::optional<std::string>& app_id) const;
    // The one an organization logs in through: its own, else the platform's; nothing without both.
    std::shared_ptr<App> for_login(OrganizationId organization) const;

    // One that may not be kept yet. Throws Failure when its secret cannot be opened.
    std::shared_ptr<App> made_of(const OwnApp& app) const;

    // After a change of meta_apps: reads them anew, here and in every other process.
    void announce(db::PlatformTx& db) const;

    // How calls ended, of each organization.
    CallCounts& counts() const { return *counts_; }

private:
    using OwnApps = std::map<std::string, std::shared_ptr<App>>;
    OwnApps read(const db::PlatformReader& db) const;
    void take_over(OwnApps fresh);

    db::Database& database_;
    const crypto::Vault& vault_;
    const Send send_;
    const std::shared_ptr<CallCounts> counts_;  // with every client, which may live longer
    // Shared with the gauges, which may be read after these are gone.
    struct Kept {
        const std::shared_ptr<App> platform;
        std::mutex mutex = {};
        OwnApps own = {};

        int sum_of(const std::function<int(const GraphLimits&)>& figure);
    };
    const std::shared_ptr<Kept> kept_;
};

}  // namespace leadcrm::meta
