#include "meta/own_app_api.hpp"

#include "events/change.hpp"
#include "features/feature.hpp"
#include "meta/app_webhook.hpp"
#include "meta/connection.hpp"
#include "meta/failure_reason.hpp"
#include "platform/log/log.hpp"

namespace leadcrm::meta {
namespace {

struct ScopeText {
    std::string name;
    std::string why;
};
BOOST_DESCRIBE_STRUCT(ScopeText, (), (name, why))

struct PageOfApp {
    std::string page_id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(PageOfApp, (), (page_id, name))

struct AppView {
    std::optional<std::string> app_id;  // nothing: the platform's app is used
    bool has_secret = false;
    std::string login_config_id;
    bool has_platform_app = false;  // to go back to
    std::optional<std::string> webhook_url;
    std::optional<std::string> verify_token;
    std::optional<Instant> handshake_at;  // Meta has verified the address
    std::string oauth_redirect_url;
    std::optional<std::string> deauthorize_url;
    std::optional<std::string> data_deletion_url;
    std::string privacy_url;
    std::string terms_url;
    std::vector<ScopeText> scopes;
    std::vector<PageOfApp> pages;  // connected through it
};
BOOST_DESCRIBE_STRUCT(AppView, (),
    (app_id, has_secret, login_config_id, has_platform_app, webhook_url, verify_token, handshake_at,
        oauth_redirect_url, deauthorize_url, data_deletion_url, privacy_url, terms_url, scopes,
        pages))

struct PutApp {
    Text<1, 32> app_id;
    std::optional<Text<16, 200>> secret;
    std::optional<Text<0, 32>> login_config_id;
};
BOOST_DESCRIBE_STRUCT(PutApp, (), (app_id, secret, login_config_id))

AppView view_of(const OwnAppSetup& setup, const Apps& apps, OrganizationId organization)
{
    const auto& platform = apps.platform()->settings();
    const auto& site = platform.public_url;
    AppView view{.has_platform_app = !platform.app_id.empty(),
        .oauth_redirect_url = site + "/meta/oauth/callback",
        .privacy_url = site + "/privacy",
        .terms_url = site + "/terms"};
    for (const auto& scope : scopes)
        view.scopes.push_back({std::string(scope.name), std::string(scope.review_text)});
    const auto app = setup.find(organization);
    if (!app) return view;
    view.app_id = app->app_id;
    view.has_secret = true;
    view.login_config_id = app->login_config_id;
    view.webhook_url = site + "/webhooks/meta/" + app->app_id;
    view.verify_token = setup.verify_token_of(*app);
    view.handshake_at = app->handshake_at;
    view.deauthorize_url = site + "/meta/deauthorize/" + app->app_id;
    view.data_deletion_url = site + "/meta/data-deletion/" + app->app_id;
    for (const auto& page : setup.pages_of(*app)) view.pages.push_back({page.page_id, page.name});
    return view;
}

AppView put_app(
    OwnAppSetup& setup, const Apps& apps, OrganizationId organization, const PutApp& ask)
{
    OwnAppWish wish{.app_id = ask.app_id.value};
    if (ask.secret) wish.secret = ask.secret->value;
    if (ask.login_config_id) wish.login_config_id = ask.login_config_id->value;
    setup.put(organization, wish);
    return view_of(setup, apps, organization);
}

http::Response nobodys() { return {.status = 404, .body = "There is no such app here.\n"}; }

// The wizard shows that Meta has been here, so it is written down before the answer. A database
// that is full must not keep Meta from verifying the address.
void note_handshake(db::Database& database, const std::shared_ptr<const App>& app,
    http::Response answer, const http::Respond& respond)
{
    try {
        database.start_write(
            [app, now = Instant::now()](db::PlatformTx& tx) {
                store::set_handshake(tx, app->settings().app_id, now);
                auto own = tx.in_organization(app->organization_id.value());
                events::tell_change(own, events::Topic::pages);
            },
            [respond, answer](std::exception_ptr error) {
                if (error) log::warn("a handshake of Meta could not be noted");
                respond(answer);
            });
    } catch (const Failure& full) {
        log::warn("a handshake of Meta could not be noted", {{"why", reason_of(full)}});
        respond(std::move(answer));
    }
}

void add_webhook(http::Routes& routes, const Apps& apps, const WebhookDesk& desk)
{
    constexpr auto path = "/webhooks/meta/{app_id}";
    routes.raw("GET", path,
        [&apps, &database = desk.database](
            const http::Request& request, const http::Respond& respond) {
            const auto app = apps.find_own(request.path_values.at("app_id"));
            if (!app) return respond(nobodys());
            auto answer = shake_hands(request, app->settings());
            if (answer.status != 200) return respond(std::move(answer));
            note_handshake(database, app, std::move(answer), respond);
        },
        {"Meta's verification handshake, for an organization's own app", http::Right::everybody});
    routes.raw(
        "POST", path,
        [&apps, desk](http::Request request, http::Respond respond) {
            const auto app = apps.find_own(request.path_values.at("app_id"));
            if (!app) return respond(nobodys());
            take_delivery(std::move(request), std::move(respond), app->settings(), desk,
                app->organization_id);
        },
        {"Deliveries of an organization's own app: 200 when they are stored",
            http::Right::everybody},
        delivery_bytes_max);
}

}  // namespace

void add_own_app_routes(
    http::Routes& routes, OwnAppSetup& setup, const Apps& apps, const WebhookDesk& desk)
{
    using http::Right;
    constexpr auto path = "/api/v1/meta/app";
    add_webhook(routes, apps, desk);
    routes.work("GET", path,
        [&](const http::Call& call, const http::Nothing&) {
            return view_of(setup, apps, call.caller().organization_id);
        },
        {"The organization's own Meta app, and what to enter at Meta", Right::write_sources});
    routes.work(
        "PUT", path,
        [&](const http::Call& call, const PutApp& ask) {
            return put_app(setup, apps, call.caller().organization_id, ask);
        },
        features::part_of(features::Feature::own_meta_app,
            {"Use a Meta app of the organization's own", Right::write_sources,
                "Without a secret, the one that is there is kept. With another app_id, pages that are "
                "connected through the app before lose their connection until Facebook is connected "
                "again; their leads stay."}));
    routes.work("DELETE", path,
        [&](const http::Call& call, const http::Nothing&) {
            setup.remove(call.caller().organization_id);
            return view_of(setup, apps, call.caller().organization_id);
        },
        {"Use the platform's Meta app again", Right::write_sources,
            "Pages that are connected through the own app lose their connection until Facebook is "
            "connected again; their leads stay."});
    routes.work(
        "POST", "/api/v1/meta/app/webhook",
        [&](const http::Call& call, const http::Nothing&) {
            setup.set_webhook(call.caller().organization_id);
            return view_of(setup, apps, call.caller().organization_id);
        },
        features::part_of(features::Feature::own_meta_app,
            {"Have Meta verify the own app's webhook and send leads to it", Right::write_sources}));
}

}  // namespace leadcrm::meta
