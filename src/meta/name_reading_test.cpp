// Names that are changed at Meta, against the simulated Meta over HTTP.
#include "leads/source_names.hpp"
#include "meta/form.hpp"
#include "meta/name_reading.hpp"
#include "meta/testing/facebook_workspace.hpp"

#include <doctest/doctest.h>

namespace leadcrm::testing {
namespace {

using namespace std::chrono_literals;

struct Naming : FacebookWorkspace {
    net::Client net;
    crypto::Vault vault{config.data / "keys"};
    meta::Apps apps{*database, vault,
        [this](net::Request request) { return net.fetch(std::move(request)); },
        {.app_id = config.meta_app_id,
            .app_secrets = {config.meta_app_secret},
            .graph_url = config.meta_graph_url}};
    meta::NameReader reader{*database, vault, apps};
    meta::LeadFetcher fetcher{*database, vault, apps};
    OrganizationId organization;
    simulator::Ad ad;

    // A lead of an ad has come.
    Naming()
    {
        REQUIRE(log_in() == "/app/sources?connected=1");
        REQUIRE(connect(page_id).status == 200);
        organization = database->read_platform([](db::PlatformReader& db) {
            return db.one<OrganizationId>("SELECT id FROM organizations");
        });
        const auto lead = at_meta([&](simulator::State& meta) {
            const simulator::LeadWish wish{.page_id = page_id, .organic = false};
            return meta.world.add_lead(wish, meta.clock.now());
        });
        ad = lead.ad.value();
        const auto now = Instant::now();
        database->write(organization, [&](db::Tx& tx) {
            meta::store::insert(tx,
                {.leadgen_id = lead.id,
                    .page_id = page_id,
                    .form_id = lead.form_id,
                    .received_at = now,
                    .next_at = now});
        });
        fetcher.fetch_page(organization, page_id);
        REQUIRE(source("ad_name") == ad.ad_name);
    }

    void rename(const std::string& id, const std::string& name)
    {
        at_meta([&](simulator::State& meta) { REQUIRE(meta.world.rename(id, name)); });
    }
    // As if a day had passed.
    void read()
    {
        database->write(organization, [](db::Tx& tx) {
            tx.run("UPDATE source_names SET read_at = 0 WHERE organization_id = $1");
        });
        reader.read(organization);
    }
    boost::json::value lead() { return owner.get("/api/v1/leads").json().at("data").at(0); }
    std::string source(std::string_view name)
    {
        const auto found = lead();
        return std::string(found.at("source").at(name).as_string());
    }
};

}  // namespace

TEST_CASE("names: what was renamed at Meta is shown by the leads that are here")
{
    Naming crm;
    const auto before = crm.lead();
    crm.rename(crm.ad.ad_id, "Balcony video");
    crm.rename(crm.ad.campaign_id, "Spring, second half");
    crm.rename(crm.page_id, "Smile Clinic North");
    crm.read();
    CHECK(crm.source("ad_name") == "Balcony video");
    CHECK(crm.source("adset_name") == crm.ad.adset_name);
    CHECK(crm.source("campaign_name") == "Spring, second half");
    CHECK(crm.source("page_name") == "Smile Clinic North");
    CHECK(crm.page(crm.page_id).at("name") == "Smile Clinic North");
    // Nobody has worked on the lead.
    CHECK(crm.lead().at("version") == before.at("version"));
    CHECK(crm.lead().at("updated_at") == before.at("updated_at"));
    // What was submitted stays as it came.
    const auto id = std::string(before.at("id").as_string());
    const auto record = crm.owner.get("/api/v1/leads/" + id).json();
    CHECK(record.at("submissions").at(0).at("source").at("ad_name").as_string() == crm.ad.ad_name);
}

TEST_CASE("names: a renamed form is shown once its page's forms were listed")
{
    Naming crm;
    const auto form_id = crm.source("form_id");
    crm.database->write(crm.organization, [&](db::Tx& tx) {
        auto form = meta::store::find_form(tx, form_id).value();
        form.name = "Price list, autumn";
        meta::store::upsert(tx, form);
    });
    crm.read();
    CHECK(crm.source("form_name") == "Price list, autumn");
}

TEST_CASE("names: who may not see the ads changes nothing, and Meta is asked once a day")
{
    Naming crm;
    crm.rename(crm.ad.ad_id, "Balcony video");
    const auto calls = [&] {
        return crm.at_meta([](simulator::State& meta) { return meta.calls.newest.size(); });
    };
    crm.at_meta([](simulator::State& meta) {
        meta.world.each_token([](simulator::Token& token) { token.sees_ads = false; });
    });
    crm.read();
    CHECK(crm.source("ad_name") == crm.ad.ad_name);
    const auto before = calls();
    crm.reader.read(crm.organization);
    CHECK(calls() == before + 1);  // the page's name, no ads
}

TEST_CASE("names: a lead that came without the name of its ad is given the one that is known")
{
    Naming crm;
    crm.database->write(crm.organization, [](db::Tx& tx) {
        auto source = json::from_text<leads::Source>(
            tx.one<json::Raw>("SELECT source FROM leads WHERE organization_id = $1").text);
        source.ad_name = std::nullopt;
        tx.run("UPDATE leads SET source = $2 WHERE organization_id = $1",
            json::Raw{json::text_of(source)});
        leads::note_names(tx, source, Instant::now());
    });
    CHECK(crm.lead().at("source").at("ad_name").is_null());
    CHECK(leads::show_names(*crm.database, crm.organization) == 1);
    CHECK(crm.source("ad_name") == crm.ad.ad_name);
    CHECK(leads::show_names(*crm.database, crm.organization) == 0);
}

TEST_CASE("names: one organization's names are not another's")
{
    Naming crm;
    auto globex = crm.other("Globex");
    crm.rename(crm.ad.ad_id, "Balcony video");
    crm.read();
    const auto count = crm.database->read_platform([&](db::PlatformReader& db) {
        std::int64_t others = 0;
        for (const auto& id : db.rows<OrganizationId>("SELECT id FROM organizations"))
            if (id != crm.organization)
                others += db.in_organization(id).one<std::int64_t>(
                    "SELECT count(*) FROM source_names WHERE organization_id = $1");
        return others;
    });
    CHECK(count == 0);
}

}  // namespace leadcrm::testing
