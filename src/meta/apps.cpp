#include "meta/apps.hpp"

#include "meta/failure_reason.hpp"
#include "platform/log/log.hpp"
#include "platform/metrics/metrics.hpp"

namespace leadcrm::meta {
namespace {

constexpr auto apps_channel = "meta_apps";

// Throws Failure when it cannot be opened.
Settings settings_of(const OwnApp& app, const crypto::Vault& vault, const Settings& platform)
{
    auto settings = platform;
    settings.app_id = app.app_id;
    settings.app_secrets = {vault.open(app.secret_sealed.bytes, secret_context(app))};
    settings.verify_token = vault.open(app.verify_token_sealed.bytes, verify_context(app));
    settings.login_config_id = app.login_config_id;
    return settings;
}

// What concerns no organization, such as the platform's own webhook, is counted nowhere.
TellResult told_to(std::shared_ptr<CallCounts> counts, std::optional<OrganizationId> whose)
{
    return [counts = std::move(counts), whose](const PageAccess& as, std::string_view result) {
        const auto organization = as.organization ? as.organization : whose;
        if (organization) counts->note(*organization, result, Instant::now());
    };
}

}  // namespace

Apps::Apps(db::Database& database, const crypto::Vault& vault, Send send, const Settings& platform)
    : database_(database)
    , vault_(vault)
    , send_(std::move(send))
    , counts_(std::make_shared<CallCounts>(database))
    , kept_(new Kept{
          std::make_shared<App>(send_, platform, std::nullopt, told_to(counts_, std::nullopt))})
{
    const auto gauge = [this](const std::string& name, const std::string& help, auto figure) {
        metrics::gauge(name, help, [shared = std::weak_ptr(kept_), figure] {
            const auto kept = shared.lock();
            return kept ? kept->sum_of(figure) : 0;
        });
    };
    gauge("leadcrm_graph_pages_waiting", "Pages held up by one of Meta's limits.",
        [](const GraphLimits& limits) { return limits.pages_waiting(Instant::now()); });
    gauge("leadcrm_graph_app_waiting", "Meta apps whose limit holds up all of their calls.",
        [](const GraphLimits& limits) { return limits.is_app_waiting(Instant::now()) ? 1 : 0; });
    database.on_signal(apps_channel, [this](std::string_view) {
        auto fresh = std::make_shared<OwnApps>();
        database_.start_read([this, fresh](db::PlatformReader& db) { *fresh = read(db); },
            [this, fresh](std::exception_ptr error) {
                if (error) return log::error("the organizations' own apps could not be read");
                take_over(std::move(*fresh));
            });
    });
}

int Apps::Kept::sum_of(const std::function<int(const GraphLimits&)>& figure)
{
    int sum = figure(platform->graph.limits());
    const std::lock_guard lock(mutex);
    for (const auto& [app_id, app] : own) sum += figure(app->graph.limits());
    return sum;
}

Apps::OwnApps Apps::read(const db::PlatformReader& db) const
{
    OwnApps apps;
    for (const auto& app : store::list_own_apps(db)) {
        try {
            apps[app.app_id] = made_of(app);
        } catch (const Failure& failure) {
            log::error("an organization's own app cannot be opened",
                {{"app_id", app.app_id}, {"why", reason_of(failure)}});
        }
    }
    return apps;
}

std::shared_ptr<App> Apps::made_of(const OwnApp& app) const
{
    return std::make_shared<App>(send_, settings_of(app, vault_, kept_->platform->settings()),
        app.organization_id, told_to(counts_, app.organization_id));
}

// An app that has not changed keeps its client, which knows its limits.
void Apps::take_over(OwnApps fresh)
{
    const std::lock_guard lock(kept_->mutex);
    for (auto& [app_id, app] : fresh) {
        const auto known = kept_->own.find(app_id);
        if (known != kept_->own.end() && known->second->organization_id == app->organization_id
            && known->second->settings() == app->settings())
            app = known->second;
    }
    kept_->own = std::move(fresh);
}

void Apps::load()
{
    take_over(database_.read_platform([this](db::PlatformReader& db) { return read(db); }));
}

std::shared_ptr<App> Apps::find_own(const std::string& app_id) const
{
    const std::lock_guard lock(kept_->mutex);
    const auto found = kept_->own.find(app_id);
    return found == kept_->own.end() ? nullptr : found->second;
}

std::shared_ptr<App> Apps::of(const std::optional<std::string>& app_id) const
{
    if (!app_id) return kept_->platform;
    auto app = find_own(*app_id);
    if (!app)
        throw Failure::unavailable(
            "The Meta app this was connected through is not here any more. Please connect Facebook "
            "again.",
            30);
    return app;
}

std::shared_ptr<App> Apps::for_login(OrganizationId organization) const
{
    const std::lock_guard lock(kept_->mutex);
    for (const auto& [app_id, app] : kept_->own)
        if (app->organization_id == organization) return app;
    return kept_->platform->settings().app_id.empty() ? nullptr : kept_->platform;
}

void Apps::announce(db::PlatformTx& db) const { db.signal(apps_channel, ""); }

}  // namespace leadcrm::meta
