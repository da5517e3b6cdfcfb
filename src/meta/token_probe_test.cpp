// What the daily look at tokens finds, against the simulated Meta over HTTP.
#include "meta-simulator/login/login_rules.hpp"
#include "meta/testing/facebook_workspace.hpp"
#include "meta/token_probe.hpp"

#include <doctest/doctest.h>

namespace leadcrm::testing {
namespace {

struct Probing : FacebookWorkspace {
    net::Client net;
    crypto::Vault vault{config.data / "keys"};
    meta::Settings settings{.app_id = config.meta_app_id,
        .app_secrets = {config.meta_app_secret},
        .graph_url = config.meta_graph_url};
    meta::Apps apps{*database, vault,
        [this](net::Request request) { return net.fetch(std::move(request)); }, settings};
    meta::TokenProbe probe{*database, vault, apps};

    Probing()
    {
        REQUIRE(log_in() == "/app/sources?connected=1");
        REQUIRE(connect(page_id).status == 200);
    }
    void run()
    {
        probe.probe(database->read_platform([](db::PlatformReader& db) {
            return db.one<OrganizationId>("SELECT id FROM organizations");
        }));
    }
};

}  // namespace

TEST_CASE("probe: tokens that live say nothing")
{
    Probing crm;
    crm.run();
    CHECK(crm.connection().at("problem").is_null());
    CHECK(crm.page(crm.page_id).at("problems").as_array().empty());
    CHECK(crm.page(crm.page_id).at("token_expires_at").is_null());
}

TEST_CASE("probe: a token that died is a problem before the next lead comes")
{
    Probing crm;
    crm.at_meta([](simulator::State& meta) {
        simulator::kill_tokens(meta, meta.login.settings.person_id, 460);
    });
    crm.run();
    CHECK(crm.connection().at("problem").at("code") == "reconnect");
    CHECK(crm.page(crm.page_id).at("connected") == false);
    CHECK(crm.page(crm.page_id).at("problems").at(0).at("code") == "reconnect");

    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    crm.run();
    CHECK(crm.connection().at("problem").is_null());
    CHECK(crm.page(crm.page_id).at("problems").as_array().empty());
}

TEST_CASE("probe: a token that will end is announced two weeks before")
{
    Probing crm;
    crm.answers([](auto& dialog) { dialog.long_lived_s = 13 * 24 * 3600; });
    REQUIRE(crm.log_in() == "/app/sources?connected=1");
    crm.run();
    const auto problem = crm.connection().at("problem");
    CHECK(problem.at("code") == "expiring");
    CHECK(problem.at("message").as_string().find("before then") != std::string::npos);
    CHECK(crm.page(crm.page_id).at("connected") == true);
}

TEST_CASE("probe: trouble at Meta changes nothing")
{
    Probing crm;
    crm.at_meta([](simulator::State& meta) {
        meta.faults.add({.kind = simulator::FaultKind::http_503, .endpoint = "debug_token"});
    });
    crm.run();
    CHECK(crm.connection().at("problem").is_null());
    CHECK(crm.page(crm.page_id).at("connected") == true);
}

}  // namespace leadcrm::testing
