#include "meta/own_app_api.hpp"

#include "meta/connection.hpp"
#include "meta/webhook.hpp"

#include <algorithm>

namespace leadcrm::meta {
namespace {

struct ScopeText {
    std::string name;
    std::string why;
};
BOOST_DESCRIBE_STRUCT(ScopeText, (), (name, why))

struct AppView {
    std::optional<std::string> app_id;  // nothing: the platform's app is used
    bool has_secret = false;
    std::optional<std::string> webhook_url;
    std::optional<std::string> verify_token;
    std::string oauth_redirect_url;
    std::string deauthorize_url;
    std::string data_deletion_url;
    std::string privacy_url;
    std::string terms_url;
    std::vector<ScopeText> scopes;
};
BOOST_DESCRIBE_STRUCT(AppView, (),
    (app_id, has_secret, webhook_url, verify_token, oauth_redirect_url, deauthorize_url,
        data_deletion_url, privacy_url, terms_url, scopes))

struct PutApp {
    Text<1, 32> app_id;
    std::optional<Text<16, 200>> secret;
};
BOOST_DESCRIBE_STRUCT(PutApp, (), (app_id, secret))

AppView view_of(const OwnApps& apps, OrganizationId organization, const Settings& platform)
{
    const auto& site = platform.public_url;
    AppView view{.oauth_redirect_url = site + "/meta/oauth/callback",
        .deauthorize_url = site + "/meta/deauthorize",
        .data_deletion_url = site + "/meta/data-deletion",
        .privacy_url = site + "/privacy",
        .terms_url = site + "/terms"};
    for (const auto& scope : scopes)
        view.scopes.push_back({std::string(scope.name), std::string(scope.needed_for)});
    if (const auto app = apps.find_of(organization)) {
        view.app_id = app->app_id;
        view.has_secret = true;
        view.webhook_url = site + "/webhooks/meta/" + app->app_id;
        view.verify_token = apps.verify_token_of(*app);
    }
    return view;
}

void check(const PutApp& ask)
{
    const auto& id = ask.app_id.value;
    if (!std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; }))
        throw Failure::invalid("app_id", "not_an_app_id", "An app id is a number.");
}

http::Response nobodys() { return {.status = 404, .body = "There is no such app here.\n"}; }

void add_webhook(http::Routes& routes, OwnApps& apps, db::Database& database,
    const std::function<void()>& on_stored)
{
    constexpr auto path = "/webhooks/meta/{app_id}";
    routes.raw("GET", path,
        [&apps](const http::Request& request, const http::Respond& respond) {
            const auto app = apps.find(request.path_values.at("app_id"));
            respond(app ? shake_hands(request, app->settings) : nobodys());
        },
        {"Meta's verification handshake, for an organization's own app", http::Right::everybody});
    routes.raw(
        "POST", path,
        [&apps, &database, on_stored](http::Request request, http::Respond respond) {
            const auto app = apps.find(request.path_values.at("app_id"));
            if (!app) return respond(nobodys());
            take_delivery(std::move(request), std::move(respond), app->settings, database,
                on_stored, app->organization_id);
        },
        {"Deliveries of an organization's own app: 200 when they are stored",
            http::Right::everybody},
        delivery_bytes_max);
}

}  // namespace

void add_own_app_routes(http::Routes& routes, OwnApps& apps, const Settings& platform,
    db::Database& database, std::function<void()> on_stored)
{
    using http::Right;
    add_webhook(routes, apps, database, on_stored);
    routes.work("GET", "/api/v1/meta/app",
        [&apps, platform](const http::Call& call, const http::Nothing&) {
            return view_of(apps, call.caller().organization_id, platform);
        },
        {"The organization's own Meta app, and what to enter at Meta", Right::write_sources});
    routes.work("PUT", "/api/v1/meta/app",
        [&apps, platform](const http::Call& call, const PutApp& ask) {
            check(ask);
            std::optional<std::string> secret;
            if (ask.secret) secret = ask.secret->value;
            apps.put(call.caller().organization_id, ask.app_id.value, secret);
            return view_of(apps, call.caller().organization_id, platform);
        },
        {"Use a Meta app of the organization's own", Right::write_sources,
            "Without a secret, the one that is there is kept."});
    routes.work("DELETE", "/api/v1/meta/app",
        [&apps, platform](const http::Call& call, const http::Nothing&) {
            apps.remove(call.caller().organization_id);
            return view_of(apps, call.caller().organization_id, platform);
        },
        {"Use the platform's Meta app again", Right::write_sources});
}

}  // namespace leadcrm::meta
