#include "meta/apps.hpp"

#include "meta/failure_reason.hpp"
#include "platform/log/log.hpp"

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

}  // namespace

Apps::Apps(db::Database& database, const crypto::Vault& vault, Send send, const Settings& platform)
    : database_(database)
    , vault_(vault)
    , send_(std::move(send))
    , platform_(std::make_shared<App>(send_, platform, std::nullopt))
{
    database.on_signal(apps_channel, [this](std::string_view) {
        auto fresh = std::make_shared<OwnApps>();
        database_.start_read([this, fresh](db::PlatformReader& db) { *fresh = read(db); },
            [this, fresh](std::exception_ptr error) {
                if (error) return log::error("the organizations' own apps could not be read");
                take_over(std::move(*fresh));
            });
    });
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
    return std::make_shared<App>(
        send_, settings_of(app, vault_, platform_->settings()), app.organization_id);
}

// An app that has not changed keeps its client, which knows its limits.
void Apps::take_over(OwnApps fresh)
{
    const std::lock_guard lock(mutex_);
    for (auto& [app_id, app] : fresh) {
        const auto known = own_.find(app_id);
        if (known != own_.end() && known->second->organization_id == app->organization_id
            && known->second->settings() == app->settings())
            app = known->second;
    }
    own_ = std::move(fresh);
}

void Apps::load()
{
    take_over(database_.read_platform([this](db::PlatformReader& db) { return read(db); }));
}

std::shared_ptr<App> Apps::find_own(const std::string& app_id) const
{
    const std::lock_guard lock(mutex_);
    const auto found = own_.find(app_id);
    return found == own_.end() ? nullptr : found->second;
}

std::shared_ptr<App> Apps::of(const std::optional<std::string>& app_id) const
{
    if (!app_id) return platform_;
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
    const std::lock_guard lock(mutex_);
    for (const auto& [app_id, app] : own_)
        if (app->organization_id == organization) return app;
    return platform_->settings().app_id.empty() ? nullptr : platform_;
}

void Apps::announce(db::PlatformTx& db) const { db.signal(apps_channel, ""); }

}  // namespace leadcrm::meta
