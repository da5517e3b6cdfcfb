#include "meta/testing/facebook_workspace.hpp"

#include <boost/json/array.hpp>

#include <stdexcept>

namespace leadcrm::testing {
namespace {

constexpr auto public_url = "http://crm.example.com";

app::Config config_of(const std::filesystem::path& folder, std::uint16_t port,
    const std::string& config_id, bool has_platform_app)
{
    const simulator::Options meta;
    const auto address = "http://127.0.0.1:" + std::to_string(port);
    app::Config config;
    config.data = folder;
    config.public_url = public_url;
    if (has_platform_app) {
        config.meta_app_id = meta.app_id;
        config.meta_app_secret = meta.app_secret;
        config.meta_verify_token = meta.verify_token;
    }
    config.meta_login_config_id = config_id;
    config.meta_graph_url = address;
    config.meta_dialog_url = address;
    return config;
}

void register_owner(HttpClient& browser, const std::string& organization, const std::string& name)
{
    const auto answer = browser.post("/api/v1/auth/register",
        {{"organization_name", organization}, {"name", name},
            {"email", organization + "@example.com"}, {"password", "correct horse battery"}});
    if (answer.status != 201) throw std::runtime_error(answer.body);
}

// What stands behind the host.
std::string target_of(const std::string& address)
{
    const auto host = address.find("://");
    return host == std::string::npos ? address : address.substr(address.find('/', host + 3));
}

boost::json::object find_page(const boost::json::value& list, const std::string& page_id)
{
    for (const auto& page : list.as_array())
        if (page.at("page_id").as_string() == page_id) return page.as_object();
    throw std::runtime_error("no page " + page_id);
}

}  // namespace

FacebookWorkspace::FacebookWorkspace(const std::string& config_id, bool has_platform_app)
    : simulator(simulator::Options{.pages = 2})
    , server(simulator, "127.0.0.1:0")
    , config(config_of(folder.path, server.port(), config_id, has_platform_app))
    , program(config, *database)
    , owner(program.routes(), program.site())
{
    register_owner(owner, "Acme", "Ana");
    at_meta([this](simulator::State& meta) {
        meta.login.settings.answer = simulator::DialogAnswer::grant;
        meta.login.settings.redirect_uris = {std::string(public_url) + "/meta/oauth/callback"};
        page_id = meta.world.pages.begin()->first;
        second_page_id = meta.world.pages.rbegin()->first;
    });
}

std::string FacebookWorkspace::start(HttpClient& browser, const std::string& back_to)
{
    return browser.get("/meta/oauth/start?return=" + net::percent_encoded(back_to))
        .header("Location");
}

std::string FacebookWorkspace::answer_dialog(const std::string& address)
{
    const auto target = target_of(address);
    const auto question = target.find('?');
    const auto reply = simulator.answer({.method = "GET",
        .target = target,
        .path = target.substr(0, question),
        .query = question == std::string::npos ? "" : target.substr(question + 1)});
    for (const auto& [name, value] : reply.response.headers)
        if (name == "Location") return value;
    throw std::runtime_error("the dialog says: " + reply.response.body);
}

Answer FacebookWorkspace::follow(HttpClient& browser, const std::string& address)
{
    return browser.get(target_of(address));
}

std::string FacebookWorkspace::log_in(const std::string& back_to)
{
    return follow(owner, answer_dialog(start(owner, back_to))).header("Location");
}

Answer FacebookWorkspace::connect(const std::string& id)
{
    return owner.post("/api/v1/meta/pages/" + id + "/connect");
}

Answer FacebookWorkspace::disconnect(const std::string& id)
{
    return owner.post("/api/v1/meta/pages/" + id + "/disconnect");
}

boost::json::value FacebookWorkspace::connection()
{
    return owner.get("/api/v1/meta/connection").json();
}

boost::json::object FacebookWorkspace::shown_page(const std::string& id)
{
    return find_page(connection().at("pages"), id);
}

boost::json::object FacebookWorkspace::page(const std::string& id)
{
    return find_page(owner.get("/api/v1/meta/pages").json().at("data"), id);
}

std::unique_ptr<HttpClient> FacebookWorkspace::other(const std::string& name)
{
    auto browser = std::make_unique<HttpClient>(program.routes(), program.site());
    register_owner(*browser, name, "Hank");
    return browser;
}

std::int64_t FacebookWorkspace::jobs(const std::string& kind)
{
    return database->read_platform([&](db::PlatformReader& db) {
        return db.one<std::int64_t>("SELECT COUNT(*) FROM jobs WHERE kind = $1", kind);
    });
}

std::string FacebookWorkspace::everything_stored()
{
    std::string all;
    const auto organizations = database->read_platform([&](db::PlatformReader& db) {
        for (const auto& outcome :
            db.rows<std::optional<std::string>>("SELECT outcome FROM login_states"))
            all += outcome.value_or("");
        for (const auto& payload : db.rows<std::string>("SELECT payload FROM jobs")) all += payload;
        return db.rows<OrganizationId>("SELECT id FROM organizations");
    });
    for (const auto& organization : organizations)
        database->read(organization, [&](db::Reader& db) {
            for (const auto* sealed :
                {"SELECT token_sealed FROM connections WHERE organization_id = $1",
                    "SELECT token_sealed FROM shown_pages WHERE organization_id = $1"
                    " AND token_sealed IS NOT NULL",
                    "SELECT token_sealed FROM pages WHERE organization_id = $1"})
                for (const auto& blob : db.rows<db::Blob>(sealed)) all += blob.bytes;
            return 0;
        });
    return all;
}

void FacebookWorkspace::answers(std::function<void(simulator::LoginSettings&)> change)
{
    at_meta([&](simulator::State& meta) { change(meta.login.settings); });
}

}  // namespace leadcrm::testing
