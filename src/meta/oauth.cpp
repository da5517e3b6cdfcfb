#include "meta/oauth.hpp"

#include "audit/audit.hpp"
#include "meta/failure_reason.hpp"
#include "platform/log/log.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace leadcrm::meta {
namespace {

using namespace std::chrono_literals;

// A login reads a dozen answers of Graph's.
constexpr auto outcome_patience = 30s;
constexpr auto outcome_interval = 100ms;

std::string scope_list()
{
    std::string list;
    for (const auto& scope : scopes) list += (list.empty() ? "" : ",") + std::string(scope.name);
    return list;
}

std::string redirect_uri(const Settings& app) { return app.public_url + "/meta/oauth/callback"; }

std::string address_of_dialog(const Settings& app, const std::string& state, bool asks_again)
{
    net::Parameters parameters{{"client_id", app.app_id}, {"redirect_uri", redirect_uri(app)},
        {"state", state}, {"response_type", "code"}};
    if (app.login_config_id.empty())
        parameters.emplace_back("scope", scope_list());
    else
        parameters.emplace_back("config_id", app.login_config_id);
    // Without it, Facebook silently leaves out what was declined before.
    if (asks_again) parameters.emplace_back("auth_type", "rerequest");
    return app.dialog_url + "/" + app.graph_version + "/dialog/oauth?" + net::form_text(parameters);
}

constexpr auto not_chosen =
    "At the last login at Facebook this page was not chosen. Connect Facebook again and choose it, "
    "or disconnect the page.";

}  // namespace

FacebookLogin::FacebookLogin(db::Database& database, const crypto::Vault& vault, const Apps& apps,
    PageConnections& pages, http::Authenticator authenticate)
    : database_(database)
    , vault_(vault)
    , apps_(apps)
    , pages_(pages)
    , authenticate_(std::move(authenticate))
{
}

std::optional<http::Caller> FacebookLogin::caller_of(const std::string& session_token) const
{
    if (session_token.empty()) return std::nullopt;
    return database_.read_platform([&](db::PlatformReader& db) {
        auto caller = authenticate_(db, {.session_token = session_token});
        if (caller && (caller->viewer || !caller->rights.has(http::Right::write_sources)))
            caller.reset();
        return caller;
    });
}

std::string FacebookLogin::begin(
    const std::string& session_token, const std::optional<std::string>& back_to)
{
    const auto return_path = safe_return_path(back_to);
    const auto caller = caller_of(session_token);
    if (!caller) return with_word(return_path, "trouble=signed_out");
    const auto app = apps_.for_login(caller->organization_id);
    if (!app) return with_word(return_path, "trouble=not_configured");

    const auto state = crypto::random_token();
    const auto now = Instant::now();
    const LoginState login{.state_hash = {crypto::sha256(state)},
        .organization_id = caller->organization_id,
        .user_id = caller->user_id,
        .session_hash = {crypto::sha256(session_token)},
        .return_path = return_path,
        .expires_at = now + login_lifetime,
        .app_id = app->id_if_own()};
    const bool was_connected = database_.write_platform([&](db::PlatformTx& tx) {
        store::remove_old_logins(tx, now);
        store::insert(tx, login);
        const auto own = tx.in_organization(caller->organization_id);
        return store::find_connection(own, login.app_id).has_value();
    });
    return address_of_dialog(app->settings(), state, was_connected);
}

std::string FacebookLogin::finish(const Comeback& comeback, const std::string& session_token)
{
    const auto login = database_.read_platform(
        [&](db::PlatformReader& db) { return store::find_login(db, comeback.state); });
    // Somebody else's browser, or nobody's login: a link that was sent to this person.
    if (!login
        || !crypto::equal_in_constant_time(
            login->session_hash.bytes, crypto::sha256(session_token)))
        return with_word(safe_return_path({}), "trouble=expired");
    if (login->outcome) return *login->outcome;

    const auto caller = caller_of(session_token);
    const bool is_same = caller && caller->user_id == login->user_id
        && caller->organization_id == login->organization_id;
    const auto now = Instant::now();
    if (!is_same || now > login->expires_at)
        return with_word(login->return_path, "trouble=expired");
    const bool is_first =
        database_.write_platform([&](db::PlatformTx& tx) { return store::claim(tx, *login, now); });
    if (!is_first) return wait_for_outcome(*login, comeback.state);

    auto outcome = with_word(login->return_path, outcome_of(*login, comeback));
    database_.write_platform([&](db::PlatformTx& tx) { store::set_outcome(tx, *login, outcome); });
    return outcome;
}

// Browsers and proxies fetch an address ahead of time; the second one gets what the first achieves.
std::string FacebookLogin::wait_for_outcome(const LoginState& login, const std::string& state) const
{
    for (auto waited = 0ms; waited < outcome_patience; waited += outcome_interval) {
        const auto now = database_.read_platform(
            [&](db::PlatformReader& db) { return store::find_login(db, state); });
        if (now && now->outcome) return *now->outcome;
        std::this_thread::sleep_for(outcome_interval);
    }
    return with_word(login.return_path, "trouble=failed");
}

std::string FacebookLogin::outcome_of(const LoginState& login, const Comeback& comeback)
{
    const auto organization = login.organization_id.text();
    if (comeback.error == "access_denied") {
        log::info("Facebook was not connected: declined", {{"organization_id", organization}});
        return "trouble=declined";
    }
    if (!comeback.error.empty() || comeback.code.empty()) {
        log::warn("Facebook was not connected: no code", {{"organization_id", organization}});
        return "trouble=failed";
    }
    try {
        const auto app = apps_.of(login.app_id);
        const auto reading = read_login(app->graph, comeback.code, redirect_uri(app->settings()));
        store(login, reading);
        reconnect_pages(login, reading);
        log::info("Facebook connected",
            {{"organization_id", organization}, {"pages", std::to_string(reading.pages.size())}});
        return "connected=1";
    } catch (const std::exception& error) {
        log::error("Facebook was not connected",
            {{"organization_id", organization}, {"why", reason_of(error)}});
        return "trouble=failed";
    }
}

void FacebookLogin::store(const LoginState& login, const LoginReading& reading)
{
    const auto organization = login.organization_id;
    const auto now = Instant::now();
    const Connection connection{.person_id = reading.person_id,
        .person_name = reading.person_name,
        .kind = reading.kind,
        .token_sealed = {vault_.seal(
            reading.token, person_token_context(organization, reading.person_id))},
        .user_id = login.user_id,
        .connected_at = now,
        .expires_at = reading.facts.expires_at,
        .data_access_expires_at = reading.facts.data_access_expires_at,
        .granted = reading.facts.scopes,
        .declined = reading.declined,
        .app_id = login.app_id};
    std::vector<ShownPage> pages;
    for (const auto& page : reading.pages) {
        ShownPage shown{.page_id = page.page_id,
            .person_id = reading.person_id,
            .name = page.name,
            .tasks = page.tasks,
            .scopes = page.scopes,
            .shown_at = now,
            .app_id = login.app_id};
        if (!page.token.empty())
            shown.token_sealed =
                db::Blob{vault_.seal(page.token, page_token_context(organization, page.page_id))};
        pages.push_back(std::move(shown));
    }
    database_.write_platform([&](db::PlatformTx& db) {
        store::insert_person_route(db, reading.person_id, organization);
        auto tx = db.in_organization(organization);
        store::upsert(tx, connection);
        store::replace_shown_pages(tx, reading.person_id, pages);
        audit::record(tx,
            {.user_id = login.user_id,
                .action = "GET /meta/oauth/callback",
                .what = "Connect Facebook"});
    });
}

// Pages that were connected before get their new token; what was blocked goes on. A page whose
// person took something back says so before the next lead does.
void FacebookLogin::reconnect_pages(const LoginState& login, const LoginReading& reading)
{
    const auto organization = login.organization_id;
    const auto [connected, shown] = database_.read(organization, [](db::Reader& db) {
        return std::pair(store::list_pages(db), store::list_shown_pages(db));
    });
    for (const auto& page : connected) {
        if (page.disconnected_at) continue;
        const auto fresh = std::find_if(shown.begin(), shown.end(), [&](const ShownPage& each) {
            return each.page_id == page.page_id && each.person_id == reading.person_id;
        });
        const auto trouble =
            fresh == shown.end() ? std::string(not_chosen) : vital_messages(missing_of(*fresh));
        if (trouble.empty()) {
            pages_.keep(organization, login.user_id, *fresh);
            database_.write(
                organization, [&](db::Tx& tx) { order_subscription(tx, page.page_id); });
        } else if (page.person_id == reading.person_id && page.app_id == login.app_id) {
            const PageProblem problem{"needs_access", trouble, Instant::now()};
            database_.write(
                organization, [&](db::Tx& tx) { store::set_problem(tx, page.page_id, problem); });
        }
    }
}

}  // namespace leadcrm::meta
