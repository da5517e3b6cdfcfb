#include "meta/own_app.hpp"

#include "meta/failure_reason.hpp"
#include "platform/log/log.hpp"

namespace leadcrm::meta {
namespace {

constexpr auto apps_channel = "meta_apps";

std::optional<OwnApp> find_app_of(const db::PlatformReader& db, OrganizationId organization)
{
    return db.row<OwnApp>(
        "SELECT {columns} FROM meta_apps WHERE organization_id = $1", organization);
}

}  // namespace

std::string secret_context(const OwnApp& app)
{
    return "app secret of " + app.organization_id.text() + "/" + app.app_id;
}

std::string verify_context(const OwnApp& app)
{
    return "verify token of " + app.organization_id.text() + "/" + app.app_id;
}

OwnApps::OwnApps(db::Database& database, const crypto::Vault& vault, const Settings& platform)
    : database_(database), vault_(vault), platform_(platform)
{
    database.on_signal(apps_channel, [this](std::string_view) {
        auto fresh = std::make_shared<Apps>();
        database_.start_read([this, fresh](db::PlatformReader& db) { *fresh = read(db); },
            [this, fresh](std::exception_ptr error) {
                if (error) return log::error("the organizations' own apps could not be read");
                const std::lock_guard lock(mutex_);
                apps_ = std::move(*fresh);
            });
    });
}

OwnApps::Apps OwnApps::read(const db::PlatformReader& db) const
{
    Apps apps;
    for (const auto& app : db.rows<OwnApp>("SELECT {columns} FROM meta_apps")) {
        OpenApp open{app.organization_id, platform_};
        open.settings.app_id = app.app_id;
        try {
            open.settings.app_secrets = {vault_.open(app.secret_sealed.bytes, secret_context(app))};
            open.settings.verify_token =
                vault_.open(app.verify_token_sealed.bytes, verify_context(app));
        } catch (const Failure& failure) {
            log::error("an organization's own app cannot be opened",
                {{"app_id", app.app_id}, {"why", reason_of(failure)}});
            continue;
        }
        apps[app.app_id] = std::make_shared<const OpenApp>(std::move(open));
    }
    return apps;
}

void OwnApps::load()
{
    auto fresh = database_.read_platform([this](db::PlatformReader& db) { return read(db); });
    const std::lock_guard lock(mutex_);
    apps_ = std::move(fresh);
}

std::shared_ptr<const OpenApp> OwnApps::find(const std::string& app_id) const
{
    const std::lock_guard lock(mutex_);
    const auto found = apps_.find(app_id);
    return found == apps_.end() ? nullptr : found->second;
}

void OwnApps::put(OrganizationId organization, const std::string& app_id,
    const std::optional<std::string>& secret)
{
    const auto verify_token = crypto::random_token(24);
    database_.write_platform([&](db::PlatformTx& db) {
        const auto before = find_app_of(db, organization);
        const bool is_same = before && before->app_id == app_id;
        if (!secret && !is_same)
            throw Failure::invalid(
                "secret", "missing", "Please give the app secret, from Settings, Basic at Meta.");
        const auto holder = db.row<OrganizationId>(
            "SELECT organization_id FROM meta_apps WHERE app_id = $1", app_id);
        if (app_id == platform_.app_id || (holder && *holder != organization))
            throw Failure::conflict(
                "This Meta app is used already. Please use an app of your own.");
        OwnApp app{.app_id = app_id, .organization_id = organization, .changed_at = Instant::now()};
        app.secret_sealed =
            secret ? db::Blob{vault_.seal(*secret, secret_context(app))} : before->secret_sealed;
        app.verify_token_sealed = is_same
            ? before->verify_token_sealed
            : db::Blob{vault_.seal(verify_token, verify_context(app))};
        db.run("DELETE FROM meta_apps WHERE organization_id = $1", organization);
        db.store("INSERT INTO meta_apps ({columns}) VALUES ({values})", app);
        db.signal(apps_channel, "");
    });
    load();
}

void OwnApps::remove(OrganizationId organization)
{
    database_.write_platform([&](db::PlatformTx& db) {
        db.run("DELETE FROM meta_apps WHERE organization_id = $1", organization);
        db.signal(apps_channel, "");
    });
    load();
}

std::optional<OwnApp> OwnApps::find_of(OrganizationId organization) const
{
    return database_.read_platform(
        [&](db::PlatformReader& db) { return find_app_of(db, organization); });
}

std::string OwnApps::verify_token_of(const OwnApp& app) const
{
    return vault_.open(app.verify_token_sealed.bytes, verify_context(app));
}

}  // namespace leadcrm::meta
