#include "meta/ledger.hpp"
#include "meta/testing/meta_client.hpp"
#include "meta/testing/simulated_meta.hpp"

#include <doctest/doctest.h>

namespace leadcrm::meta {
namespace {

using testing::MetaClient;
using testing::SimulatedMeta;
using namespace std::chrono_literals;

struct Acme : SimulatedMeta {
    Acme() : page(page_id(0)), form(form_id(0)), id(organization_with(page)), client(*this, id)
    {
        backfiller.fill(id, page);
    }
    void reconcile()
    {
        database->write(id, [](db::Tx& tx) {
            tx.run("UPDATE form_walks SET walked_at = $2 WHERE organization_id = $1",
                Instant::now() - 2h);
        });
        reconciler.reconcile(id, page);
    }
    std::vector<LedgerLine> ledger(int days = 7)
    {
        return database
            ->read(id, [&](db::Reader& db) { return ledger_of(db, page, days, Instant::now()); })
            .data;
    }
    boost::json::value page_view()
    {
        return client->get("/api/v1/meta/pages").json().at("data").at(0);
    }

    std::string page;
    std::string form;
    OrganizationId id;
    MetaClient client;
};

TEST_CASE("the ledger says what Meta has told of and what is here, per form and day")
{
    Acme acme;
    acme.make_leads(acme.form, 3, 72h, true);
    acme.make_leads(acme.form_id(0, 1), 2, 48h);
    acme.take_webhooks();
    acme.sort_and_fetch();
    acme.database->write(acme.id, [](db::Tx& tx) {
        tx.run("UPDATE form_walks SET swept_at = NULL WHERE organization_id = $1");
    });
    acme.reconcile();
    const auto lines = acme.ledger();
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].form_id == acme.form_id(0, 1));
    CHECK(lines[0].meta == 2);
    CHECK(lines[0].ours == 2);
    CHECK(lines[0].repaired == 2);
    CHECK(lines[0].state == LedgerState::repaired);
    CHECK(lines[1].form_id == acme.form);
    CHECK(lines[1].meta == 3);
    CHECK(lines[1].repaired == 0);
    CHECK(lines[1].state == LedgerState::equal);
    CHECK(lines[0].day > lines[1].day);
    CHECK(acme.ledger(3).size() == 1);
}

TEST_CASE("what is not here yet is missing, what can never come is impossible, both say why")
{
    Acme acme;
    const auto ids = acme.make_leads(acme.form, 2, 1h, true);
    acme.meta.with_state([&](simulator::State& state) {
        state.faults.add({.kind = simulator::FaultKind::http_503, .endpoint = "any"});
    });
    acme.take_webhooks();
    acme.sort_and_fetch();
    auto lines = acme.ledger();
    std::int64_t missing = 0;
    for (const auto& line : lines) {
        CHECK(line.state == LedgerState::missing);
        CHECK(line.reason->find("2 ") == 0);
        missing += line.meta - line.ours;
    }
    CHECK(missing == 2);

    acme.meta.with_state([&](simulator::State& state) { state.faults.clear(); });
    for (const auto& id : ids)
        acme.database->write(acme.id, [&](db::Tx& tx) {
            tx.run("UPDATE lead_fetches SET state = 'gave_up', ended_at = 1, next_at = NULL,"
                   " reason = 'no longer at Meta' WHERE organization_id = $1 AND leadgen_id = $2",
                id);
        });
    for (const auto& line : acme.ledger()) {
        CHECK(line.state == LedgerState::impossible);
        CHECK(line.reason == "no longer at Meta");
    }
    acme.reconcile();
    for (const auto& line : acme.ledger()) CHECK(line.state == LedgerState::repaired);
}

TEST_CASE("the ledger over HTTP, as JSON and as a file whose cells are no formulas")
{
    Acme acme;
    acme.make_leads(acme.form, 1);
    acme.reconcile();
    const auto answer = acme.client->get("/api/v1/meta/ledger?days=2&page_id=" + acme.page);
    CHECK(answer.status == 200);
    CHECK(answer.json().at("data").at(0).at("state").as_string() == "repaired");
    CHECK(answer.json().at("checked_at").is_string());
    CHECK(acme.client->get("/api/v1/meta/ledger?page_id=9").json().at("data").as_array().empty());

    const auto file = acme.client->get("/api/v1/meta/ledger.csv");
    CHECK(file.content_type == "text/csv; charset=utf-8");
    CHECK(file.header("Content-Disposition").find("lead-ledger.csv") != std::string::npos);
    CHECK(file.body.starts_with(
        "form_id,form_name,day,meta,ours,repaired,impossible,erased,state,reason\r\n"));
    CHECK(file.body.find(",1,1,1,0,0,repaired,") != std::string::npos);
    CHECK(csv_of({{{.form_id = "7", .form_name = "=1+1, \"x\"", .day = "2026-11-20"}}, {}})
        == "form_id,form_name,day,meta,ours,repaired,impossible,erased,state,reason\r\n"
           "7,\"'=1+1, \"\"x\"\"\",2026-11-20,0,0,0,0,0,equal,\r\n");
}

TEST_CASE("a page says by which way its leads come, how many an hour, and how its backfill went")
{
    Acme acme;
    acme.make_leads(acme.form, 4, 10min);
    acme.reconcile();
    const auto page = acme.page_view();
    CHECK(page.at("mode").as_string() == "polling");
    CHECK(page.at("backfill").at("state").as_string() == "done");
    CHECK(page.at("rhythm").at("state").as_string() == "unknown");
    CHECK(page.at("hours").as_array().size() == 24);
    std::int64_t leads = 0;
    for (const auto& hour : page.at("hours").as_array()) leads += hour.as_int64();
    CHECK(leads == 4);

    acme.make_leads(acme.form, 1, 1min, true);
    acme.take_webhooks();
    acme.sort_and_fetch();
    CHECK(acme.page_view().at("mode").as_string() == "webhook");

    acme.meta.with_state(
        [&](simulator::State& state) { state.world.token_of(acme.page).is_dead = true; });
    acme.reconcile();
    CHECK(acme.page_view().at("mode").as_string() == "file");
    CHECK(acme.client->post("/api/v1/meta/pages/" + acme.page + "/backfill").status == 409);
}

TEST_CASE("a backfill is ordered over HTTP, once while it waits, for a page that is there")
{
    Acme acme;
    const auto path = "/api/v1/meta/pages/" + acme.page + "/backfill";
    CHECK(acme.client->post(path).status == 202);
    CHECK(acme.client->post(path).json().at("state").as_string() == "waiting");
    CHECK(acme.page_view().at("backfill").at("state").as_string() == "waiting");
    CHECK(acme.client->post("/api/v1/meta/pages/12345/backfill").status == 404);
}

TEST_CASE("forms are shown with their questions, and can be switched off and on again")
{
    Acme acme;
    acme.make_leads(acme.form, 1);
    acme.reconcile();
    const auto forms = [&] {
        return acme.client->get("/api/v1/meta/forms").json().at("data").as_array();
    };
    REQUIRE(forms().size() == 3);
    bool maps = false;
    for (const auto& form : forms()) {
        CHECK(form.at("is_on").as_bool());
        CHECK(form.at("hours").as_array().size() == 24);
        for (const auto& question : form.at("questions").as_array())
            maps = maps || question.at("maps_to") == boost::json::string("email");
    }
    CHECK(maps);

    const auto path = "/api/v1/meta/forms/" + acme.form;
    CHECK_FALSE(acme.client->patch(path, {{"is_on", false}}).json().at("is_on").as_bool());
    const auto told = acme.make_leads(acme.form, 1, 1h, true);
    acme.make_leads(acme.form, 1, 1h);
    acme.take_webhooks();
    acme.sort_and_fetch();
    acme.reconcile();
    CHECK(acme.submissions_of(acme.id) == 1);
    CHECK(acme.fetch_of(acme.id, told[0])->reason == "the form is switched off");

    CHECK(acme.client->patch(path, {{"is_on", true}}).json().at("is_on").as_bool());
    acme.reconcile();
    CHECK(acme.submissions_of(acme.id) == 3);
    CHECK(acme.client->patch("/api/v1/meta/forms/1", {{"is_on", true}}).status == 404);
}

}  // namespace
}  // namespace leadcrm::meta
