// Connecting Facebook, from the app through the simulated dialog and back, over HTTP.
#include "meta/login_state.hpp"
#include "meta/testing/facebook_workspace.hpp"

#include <boost/json/serialize.hpp>

#include <doctest/doctest.h>

#include <thread>

namespace leadcrm::testing {
namespace {

std::string query_of(const std::string& address, const std::string& name)
{
    for (const auto& [key, value] : http::parse_form(address.substr(address.find('?') + 1)))
        if (key == name) return value;
    return {};
}

boost::json::object scope_of(const boost::json::value& connection, std::string_view name)
{
    for (const auto& scope : connection.at("scopes").as_array())
        if (scope.at("name").as_string() == name) return scope.as_object();
    return {};
}

}  // namespace

TEST_CASE("facebook: an owner connects a page, and its leads are asked for")
{
    FacebookWorkspace crm;
    CHECK(crm.connection().at("configured") == true);
    CHECK(crm.connection().at("login") == "classic");
    CHECK(crm.connection().at("person").is_null());
    CHECK(scope_of(crm.connection(), "leads_retrieval").at("state") == "missing");

    CHECK(crm.log_in() == "/app/sources?connected=1");
    const auto connection = crm.connection();
    CHECK(connection.at("person").at("name") == "Olivia Owner");
    CHECK(connection.at("connected_by").at("name") == "Ana");
    CHECK(connection.at("pages").as_array().size() == 2);
    CHECK(scope_of(connection, "leads_retrieval").at("state") == "granted");
    CHECK(connection.at("problem").is_null());
    // About sixty days, not two hours.
    CHECK(parse_time(connection.at("expires_at").as_string().c_str()).value()
        > Instant::now() + std::chrono::hours(24 * 50));

    const auto shown = crm.shown_page(crm.page_id);
    CHECK(shown.at("connected") == false);
    CHECK(shown.at("can_connect") == true);
    CHECK(shown.at("missing").as_array().empty());

    crm.at_meta([&](simulator::State& meta) {
        meta.world.find_page(crm.page_id)->subscribed_fields = {"messages"};
    });
    const auto answer = crm.connect(crm.page_id);
    CHECK(answer.status == 200);
    CHECK(answer.json().at("connected") == true);
    CHECK(crm.page(crm.page_id).at("connected") == true);
    CHECK(crm.page(crm.page_id).at("connected_by").at("name") == "Ana");
    CHECK(crm.jobs("meta.backfill") == 1);
    CHECK(crm.at_meta([&](simulator::State& meta) {
        return meta.world.find_page(crm.page_id)->subscribed_fields;
    }) == std::set<std::string>{"leadgen", "messages"});
}

TEST_CASE("facebook: every call proves its token, and no token is stored or named in an address")
{
    FacebookWorkspace crm;
    crm.at_meta([](simulator::State& meta) { meta.graph.appsecret_proof_required = true; });
    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    REQUIRE(crm.connect(crm.page_id).status == 200);
    crm.at_meta([](simulator::State& meta) {
        for (const auto& call : meta.calls.newest) {
            CAPTURE(call.path);
            CHECK_FALSE(call.token_in_query);
            CHECK((call.has_proof || call.endpoint == "oauth" || call.in_batch));
        }
    });
    CHECK(crm.everything_stored().find("EAASIM") == std::string::npos);
}

TEST_CASE("facebook: what is declined comes back as a word the app can explain")
{
    FacebookWorkspace crm;
    crm.answers([](auto& dialog) { dialog.answer = simulator::DialogAnswer::deny; });
    CHECK(crm.log_in() == "/app/sources?trouble=declined");
    CHECK(crm.log_in("/app/sources?step=2") == "/app/sources?step=2&trouble=declined");
    CHECK(crm.connection().at("person").is_null());
}

TEST_CASE(
    "facebook: a declined permission is shown, keeps a page from being connected, and is asked again")
{
    FacebookWorkspace crm;
    crm.answers([](auto& dialog) { dialog.declined = {"leads_retrieval"}; });
    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    CHECK(scope_of(crm.connection(), "leads_retrieval").at("state") == "declined");
    const auto shown = crm.shown_page(crm.page_id);
    CHECK(shown.at("can_connect") == false);
    CHECK(shown.at("missing").at(0).at("kind") == "scope");
    CHECK(shown.at("missing").at(0).at("name") == "leads_retrieval");
    const auto refused = crm.connect(crm.page_id);
    CHECK(refused.status == 409);
    CHECK(refused.body.find("Connect Facebook again") != std::string::npos);

    crm.answers([](auto& dialog) { dialog.declined = {}; });
    CHECK(query_of(crm.start(crm.owner), "auth_type") == "rerequest");
    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    CHECK(scope_of(crm.connection(), "leads_retrieval").at("state") == "granted");
    CHECK(crm.connect(crm.page_id).status == 200);
}

TEST_CASE("facebook: a page shows which task or token it lacks")
{
    FacebookWorkspace crm;
    crm.at_meta([&](simulator::State& meta) {
        auto& olivia = meta.login.members.begin()->second;
        olivia.page_tasks[crm.page_id] = {"ANALYZE"};
        meta.login.settings.pages_without_token = {crm.second_page_id};
    });
    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    const auto missing = crm.shown_page(crm.page_id).at("missing").as_array();
    REQUIRE(missing.size() == 2);
    CHECK(missing.at(0).at("name") == "ADVERTISE");
    CHECK(missing.at(1).at("name") == "MANAGE");
    CHECK(crm.shown_page(crm.second_page_id).at("missing").at(0).at("kind") == "token");
    CHECK(crm.connect(crm.page_id).status == 409);
    CHECK(crm.connect("424242").status == 404);
}

TEST_CASE("facebook: pages behind an empty page of the list are found too")
{
    FacebookWorkspace crm;
    crm.at_meta([](simulator::State& meta) {
        for (int n = 0; n < 120; ++n) meta.world.add_page("", "DE");
        meta.login.settings.empty_page_every = 2;
    });
    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    CHECK(crm.connection().at("pages").as_array().size() == 122);
}

TEST_CASE("facebook: with a configuration of Login for Business the token never ends")
{
    FacebookWorkspace crm(simulator::business_config_id);
    CHECK(crm.connection().at("login") == "business");
    const auto dialog = crm.start(crm.owner);
    CHECK(query_of(dialog, "config_id") == simulator::business_config_id);
    CHECK(query_of(dialog, "scope").empty());
    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    CHECK(crm.connection().at("expires_at").is_null());
    CHECK(crm.connect(crm.page_id).status == 200);

    crm.answers([](auto& settings) { settings.declined = {"ads_management"}; });
    CHECK(crm.log_in() == "/app/sources?trouble=declined");
}

TEST_CASE("facebook: a callback that comes twice ends the same way, and the code is used once")
{
    FacebookWorkspace crm;
    const auto back = crm.answer_dialog(crm.start(crm.owner));
    const auto first = crm.follow(crm.owner, back);
    const auto second = crm.follow(crm.owner, back);
    CHECK(first.status == 303);
    CHECK(first.header("Location") == "/app/sources?connected=1");
    CHECK(second.header("Location") == "/app/sources?connected=1");
    CHECK(crm.at_meta([](simulator::State& meta) { return meta.calls.by_endpoint["oauth"]; }) == 2);
}

TEST_CASE("facebook: two callbacks at the same moment are one login")
{
    FacebookWorkspace crm;
    const auto back = crm.answer_dialog(crm.start(crm.owner));
    HttpClient twin(crm.program.routes(), crm.program.site());
    twin.cookies = crm.owner.cookies;
    std::string location;
    std::thread other([&] { location = crm.follow(twin, back).header("Location"); });
    CHECK(crm.follow(crm.owner, back).header("Location") == "/app/sources?connected=1");
    other.join();
    CHECK(location == "/app/sources?connected=1");
    CHECK(crm.at_meta([](simulator::State& meta) { return meta.calls.by_endpoint["oauth"]; }) == 2);
}

TEST_CASE("facebook: a state is good for its own session and organization, and for five minutes")
{
    FacebookWorkspace crm;
    const auto back = crm.answer_dialog(crm.start(crm.owner));
    const auto other = crm.other("Globex");
    auto& globex = *other;
    CHECK(crm.follow(globex, back).header("Location") == "/app/sources?trouble=expired");
    HttpClient stranger(crm.program.routes(), crm.program.site());
    CHECK(crm.follow(stranger, back).header("Location") == "/app/sources?trouble=expired");
    const auto forged = "http://crm.example.com/meta/oauth/callback?code=x&state=guessed";
    CHECK(crm.follow(crm.owner, forged).header("Location") == "/app/sources?trouble=expired");

    crm.database->write_platform([](db::PlatformTx& tx) {
        tx.run("UPDATE login_states SET expires_at = $1", Instant::now() - std::chrono::seconds(1));
    });
    CHECK(crm.follow(crm.owner, back).header("Location") == "/app/sources?trouble=expired");
    CHECK(crm.connection().at("person").is_null());
}

TEST_CASE("facebook: who may not change sources gets no further than the app")
{
    FacebookWorkspace crm;
    HttpClient stranger(crm.program.routes(), crm.program.site());
    const auto answer = stranger.get("/meta/oauth/start?return=/app/sources");
    CHECK(answer.status == 303);
    CHECK(answer.header("Location") == "/app/sources?trouble=signed_out");
    CHECK(stranger.post("/api/v1/meta/pages/1/connect").status == 401);
}

TEST_CASE("facebook: a browser is never sent to another site")
{
    using meta::safe_return_path;
    CHECK(safe_return_path("/app/sources?a=1") == "/app/sources?a=1");
    for (const auto* bad : {"https://evil.example/", "//evil.example/app/", "/\\evil.example",
             "/app/\\evil", "/app/a b", "/app/a\r\nX: 1", "/elsewhere", ""})
        CHECK(safe_return_path(std::string(bad)) == "/app/sources");
    CHECK(safe_return_path({}) == "/app/sources");
}

TEST_CASE("facebook: trouble at Meta is a word, and its reason is for the log")
{
    FacebookWorkspace crm;
    crm.at_meta([](simulator::State& meta) {
        meta.faults.add({.kind = simulator::FaultKind::http_500, .endpoint = "accounts"});
    });
    CHECK(crm.log_in() == "/app/sources?trouble=failed");
    CHECK(crm.connection().at("person").is_null());
}

TEST_CASE("facebook: a page stays subscribed while another organization holds it")
{
    FacebookWorkspace crm;
    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    REQUIRE(crm.connect(crm.page_id).status == 200);
    const auto other = crm.other("Globex");
    auto& globex = *other;
    const auto back = crm.answer_dialog(crm.start(globex));
    REQUIRE(crm.follow(globex, back).header("Location") == "/app/sources?connected=1");
    REQUIRE(globex.post("/api/v1/meta/pages/" + crm.page_id + "/connect").status == 200);
    const auto fields = [&] {
        return crm.at_meta([&](simulator::State& meta) {
            return meta.world.find_page(crm.page_id)->subscribed_fields.size();
        });
    };

    const auto gone = crm.disconnect(crm.page_id);
    CHECK(gone.status == 200);
    CHECK(gone.json().at("connected") == false);
    CHECK(fields() == 1);
    CHECK(crm.page(crm.page_id).at("connected") == false);  // it is still listed
    CHECK(crm.disconnect(crm.page_id).status == 200);

    CHECK(globex.post("/api/v1/meta/pages/" + crm.page_id + "/disconnect").status == 200);
    CHECK(fields() == 0);
    CHECK(crm.connect(crm.page_id).status == 200);
    CHECK(fields() == 1);
    CHECK(crm.page(crm.page_id).at("connected") == true);
}

TEST_CASE("facebook: logging in again heals pages whose token died")
{
    FacebookWorkspace crm;
    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    REQUIRE(crm.connect(crm.page_id).status == 200);
    const auto organization = crm.database->read_platform([](db::PlatformReader& db) {
        return db.one<OrganizationId>("SELECT id FROM organizations");
    });
    crm.database->write(organization, [&](db::Tx& tx) {
        meta::store::set_problem(
            tx, crm.page_id, {"reconnect", "The token is dead.", Instant::now()});
    });
    CHECK(crm.page(crm.page_id).at("connected") == false);

    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    CHECK(crm.page(crm.page_id).at("connected") == true);
    CHECK(crm.page(crm.page_id).at("problems").as_array().empty());
    CHECK(crm.jobs("meta.subscribe") == 1);
    CHECK(crm.jobs("meta.fetch_leads") == 1);
}

TEST_CASE("facebook: what a later login takes back shows on its pages at once")
{
    FacebookWorkspace crm;
    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    REQUIRE(crm.connect(crm.page_id).status == 200);
    REQUIRE(crm.connect(crm.second_page_id).status == 200);
    crm.answers([&](auto& dialog) { dialog.pages = {{crm.page_id}}; });
    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    CHECK(crm.page(crm.page_id).at("problems").as_array().empty());
    CHECK(crm.page(crm.second_page_id).at("problems").at(0).at("code") == "needs_access");

    crm.answers([&](auto& dialog) { dialog.declined = {"pages_manage_metadata"}; });
    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    const auto problem = crm.page(crm.page_id).at("problems").at(0);
    CHECK(problem.at("code") == "needs_access");
    CHECK(problem.at("message").as_string().find("told at once") != std::string::npos);
}

TEST_CASE("facebook: a forgotten login takes the tokens of people with it; pages stay connected")
{
    FacebookWorkspace crm;
    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    REQUIRE(crm.connect(crm.page_id).status == 200);
    const auto answer = crm.owner.del("/api/v1/meta/connection");
    CHECK(answer.status == 200);
    CHECK(answer.json().at("person").is_null());
    CHECK(answer.json().at("pages").as_array().empty());
    CHECK(crm.page(crm.page_id).at("connected") == true);
}

TEST_CASE(
    "login: pages that a person reaches only through a business are shown and can be connected")
{
    FacebookWorkspace crm;
    crm.at_meta([&](simulator::State& meta) {
        meta.world.businesses["880"] = {.id = "880",
            .name = "Agency",
            .owned_pages = {crm.page_id},
            .client_pages = {crm.second_page_id, crm.page_id}};
    });
    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    CHECK(crm.connection().at("pages").as_array().empty());

    crm.at_meta([](simulator::State& meta) {
        meta.login.find(meta.login.settings.person_id)->granted.insert("business_management");
    });
    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    CHECK(crm.connection().at("pages").as_array().size() == 2);
    CHECK(crm.connect(crm.second_page_id).status == 200);

    // What Meta refuses about businesses does not keep a person from logging in.
    crm.at_meta([](simulator::State& meta) {
        meta.faults.add({.kind = simulator::FaultKind::http_500, .endpoint = "businesses"});
    });
    CHECK(crm.log_in() == "/app/sources?connected=1");
}

}  // namespace leadcrm::testing
