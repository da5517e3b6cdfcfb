#include "meta/connection_api.hpp"

#include <algorithm>
#include <map>

namespace leadcrm::meta {
namespace {

struct Named {
    UserId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Named, (), (id, name))

struct PersonView {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(PersonView, (), (name))

BOOST_DEFINE_ENUM_CLASS(ScopeState, granted, declined, missing)

struct ScopeView {
    std::string name;
    ScopeState state = ScopeState::missing;
    std::string needed_for;
};
BOOST_DESCRIBE_STRUCT(ScopeView, (), (name, state, needed_for))

struct MissingView {
    Lack kind = Lack::scope;
    std::string name;
    std::string message;
};
BOOST_DESCRIBE_STRUCT(MissingView, (), (kind, name, message))

struct ShownPageView {
    std::string page_id;
    std::string name;
    bool connected = false;
    bool can_connect = false;
    std::vector<MissingView> missing;
};
BOOST_DESCRIBE_STRUCT(ShownPageView, (), (page_id, name, connected, can_connect, missing))

struct ConnectionView {
    bool configured = false;
    std::optional<LoginKind> login;
    std::optional<std::string> own_app_id;  // nothing: the platform's app is used
    std::optional<PersonView> person;
    std::optional<Named> connected_by;
    std::optional<Instant> connected_at;
    std::optional<Instant> expires_at;
    std::optional<Instant> data_access_expires_at;
    std::vector<ScopeView> scopes;
    std::vector<ShownPageView> pages;
    std::optional<PageProblem> problem;
};
BOOST_DESCRIBE_STRUCT(ConnectionView, (),
    (configured, login, own_app_id, person, connected_by, connected_at, expires_at,
        data_access_expires_at, scopes, pages, problem))

struct OfPage {
    std::string page_id;
};
BOOST_DESCRIBE_STRUCT(OfPage, (), (page_id))

bool has(const std::vector<std::string>& list, std::string_view name)
{
    return std::find(list.begin(), list.end(), name) != list.end();
}

ShownPageView view_of(const ShownPage& page, bool connected)
{
    const auto missing = missing_of(page);
    ShownPageView view{.page_id = page.page_id,
        .name = page.name,
        .connected = connected,
        .can_connect = can_connect(missing)};
    for (const auto& lack : missing) view.missing.push_back({lack.kind, lack.name, lack.message});
    return view;
}

std::vector<ShownPageView> pages_view(
    const db::Reader& db, const std::optional<std::string>& app_id)
{
    std::map<std::string, bool> connected;
    for (const auto& page : store::list_pages(db))
        connected[page.page_id] = !page.disconnected_at.has_value();
    std::vector<ShownPageView> views;
    for (const auto& page : store::list_shown_pages(db))
        if (page.app_id == app_id) views.push_back(view_of(page, connected[page.page_id]));
    return views;
}

std::vector<ScopeView> scopes_view(const Connection& connection)
{
    std::vector<ScopeView> views;
    for (const auto& scope : scopes) {
        auto state = ScopeState::missing;
        if (has(connection.granted, scope.name)) state = ScopeState::granted;
        if (has(connection.declined, scope.name)) state = ScopeState::declined;
        views.push_back({std::string(scope.name), state, std::string(scope.needed_for)});
    }
    return views;
}

std::optional<PageProblem> problem_of(const Connection& connection, Instant now)
{
    if (connection.problem_code)
        return PageProblem{*connection.problem_code, connection.problem_message.value_or(""),
            connection.problem_since.value_or(connection.connected_at)};
    const auto ended = [&](const std::optional<Instant>& at) { return at && *at <= now; };
    if (ended(connection.expires_at) || ended(connection.data_access_expires_at))
        return PageProblem{"reconnect",
            "The login at Facebook has expired. Connect Facebook again; your pages stay connected.",
            connection.expires_at.value_or(now)};
    return std::nullopt;
}

// Through the app the organization logs in with now.
ConnectionView connection_view(const db::Reader& db, const Apps& apps)
{
    const auto app = apps.for_login(db.organization_id());
    ConnectionView view{.configured = app != nullptr};
    if (app) {
        const bool is_classic = app->settings().login_config_id.empty();
        view.login = is_classic ? LoginKind::classic : LoginKind::business;
        view.own_app_id = app->id_if_own();
    }
    const auto connection = store::find_connection(db, view.own_app_id);
    view.scopes = scopes_view(connection.value_or(Connection{}));
    if (!connection) return view;
    view.person = PersonView{connection->person_name};
    if (const auto name =
            db.row<std::string>("SELECT name FROM users WHERE id = $2", connection->user_id))
        view.connected_by = Named{connection->user_id, *name};
    view.connected_at = connection->connected_at;
    view.expires_at = connection->expires_at;
    view.data_access_expires_at = connection->data_access_expires_at;
    view.pages = pages_view(db, view.own_app_id);
    view.problem = problem_of(*connection, Instant::now());
    return view;
}

ShownPageView page_view(db::Database& database, OrganizationId organization, const OfPage& ask)
{
    return database.read(organization, [&](db::Reader& db) {
        const auto page = store::find_page(db, ask.page_id);
        const bool connected = page && !page->disconnected_at;
        if (const auto shown = store::find_shown_page(db, ask.page_id))
            return view_of(*shown, connected);
        return ShownPageView{
            .page_id = ask.page_id, .name = page ? page->name : "", .connected = connected};
    });
}

}  // namespace

void add_connection_routes(
    http::Routes& api, db::Database& database, PageConnections& pages, const Apps& apps)
{
    using http::Right;
    api.read("GET", "/api/v1/meta/connection",
        [&apps](db::Reader& db, const http::Caller&, const http::Nothing&) {
            return connection_view(db, apps);
        },
        {"The login at Facebook: who, what they granted, and their pages with what is missing",
            Right::read_sources});
    api.write("DELETE", "/api/v1/meta/connection",
        [&apps](db::Tx& tx, const http::Caller&, const http::Nothing&) {
            store::remove_shown_pages(tx);
            store::remove_connections(tx);
            return connection_view(tx, apps);
        },
        {"Forget the login at Facebook", Right::write_sources,
            "Pages stay connected: each has a token of its own."});
    api.work("POST", "/api/v1/meta/pages/{page_id}/connect",
        [&database, &pages](const http::Call& call, const OfPage& ask) {
            const auto& caller = call.caller();
            pages.connect(caller.organization_id, caller.user_id, ask.page_id);
            return page_view(database, caller.organization_id, ask);
        },
        {"Connect a page: its leads come in from now on, and those Meta still has",
            Right::write_sources});
    api.work("POST", "/api/v1/meta/pages/{page_id}/disconnect",
        [&database, &pages](const http::Call& call, const OfPage& ask) {
            const auto organization = call.caller().organization_id;
            pages.disconnect(organization, ask.page_id);
            return page_view(database, organization, ask);
        },
        {"Disconnect a page; its leads stay", Right::write_sources});
}

}  // namespace leadcrm::meta
