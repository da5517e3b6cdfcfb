#include "meta/form.hpp"
#include "meta/testing/simulated_meta.hpp"
#include "meta/walk_rules.hpp"

#include <doctest/doctest.h>

namespace leadcrm::meta {
namespace {

using testing::SimulatedMeta;
using namespace std::chrono_literals;

struct Acme : SimulatedMeta {
    Acme() : page(page_id(0)), form(form_id(0)), id(organization_with(page))
    {
        lister.list(id, page);
    }
    void reconcile() { reconciler.reconcile(id, page); }
    // As if the form's turn had come again.
    void later()
    {
        database->write(id, [](db::Tx& tx) {
            tx.run("UPDATE form_walks SET walked_at = $2 WHERE organization_id = $1",
                Instant::now() - 2h);
            tx.run("UPDATE backfills SET state = 'done' WHERE organization_id = $1");
        });
        reconcile();
    }
    std::int64_t repaired()
    {
        return database->read(id, [](db::Reader& db) {
            return db.one<std::int64_t>("SELECT COUNT(*) FROM lead_fetches"
                                        " WHERE organization_id = $1 AND repaired_at IS NOT NULL");
        });
    }
    FormWalk walk()
    {
        return database->read(id, [&](db::Reader& db) { return store::find_walk(db, form); })
            .value();
    }
    std::string problem() { return page_of(id, page).problem_code.value_or(""); }

    std::string page;
    std::string form;
    OrganizationId id;
};

TEST_CASE("leads no webhook told of are brought, once, and it is written down")
{
    Acme acme;
    acme.make_leads(acme.form, 230);
    acme.later();
    CHECK(acme.submissions_of(acme.id) == 230);
    CHECK(acme.repaired() == 230);
    CHECK(acme.walk().watermark > Instant::now() - 61min);

    acme.later();
    CHECK(acme.submissions_of(acme.id) == 230);
    CHECK(acme.repaired() == 230);
}

TEST_CASE("leads that came by webhook are no repair, nor are those whose webhook may still come")
{
    Acme acme;
    acme.make_leads(acme.form, 5, 1h, true);
    acme.take_webhooks();
    acme.sort_and_fetch();
    CHECK(acme.submissions_of(acme.id) == 5);
    acme.make_leads(acme.form, 3, 10s);
    acme.later();
    CHECK(acme.submissions_of(acme.id) == 8);
    CHECK(acme.repaired() == 0);
}

TEST_CASE("the list's order, short pages and empty pages do not matter")
{
    for (const auto order :
        {simulator::ListOrder::newest_first, simulator::ListOrder::oldest_first}) {
        Acme acme;
        acme.meta.with_state([&](simulator::State& state) {
            state.graph.lead_order = order;
            state.graph.empty_page_every = 3;
            state.graph.short_page_every = 2;
        });
        acme.make_leads(acme.form, 450);
        acme.later();
        CHECK(acme.submissions_of(acme.id) == 450);
    }
}

TEST_CASE("a limit Meta finds too much is halved until it is not")
{
    Acme acme;
    acme.meta.with_state([](simulator::State& state) { state.graph.limit_too_much = 30; });
    acme.make_leads(acme.form, 60);
    acme.later();
    CHECK(acme.submissions_of(acme.id) == 60);
}

TEST_CASE("the next look goes back an hour only, the night's over everything")
{
    Acme acme;
    acme.make_leads(acme.form, 300, 3h);
    acme.later();
    const auto calls = acme.calls();
    acme.later();
    CHECK(acme.calls() - calls == 5);  // three for the last hour's 300 leads, one a form

    // Told late, from long ago: before the watermark's overlap.
    acme.make_leads(acme.form, 2, 48h);
    acme.later();
    CHECK(acme.submissions_of(acme.id) == 300);
    acme.database->write(acme.id, [](db::Tx& tx) {
        tx.run("UPDATE form_walks SET swept_at = 0 WHERE organization_id = $1");
    });
    acme.later();
    CHECK(acme.submissions_of(acme.id) == 302);
}

TEST_CASE("a walk that breaks off keeps what it stored, and moves no watermark")
{
    Acme acme;
    acme.make_leads(acme.form, 250);
    acme.meta.with_state([](simulator::State& state) {
        state.faults.add(
            {.kind = simulator::FaultKind::http_500, .endpoint = "leads", .probability = 1});
    });
    acme.later();
    CHECK(acme.submissions_of(acme.id) == 0);
    CHECK_FALSE(acme.walk().watermark);
    CHECK(acme.walk().failures == 1);
    CHECK(acme.problem().empty());

    acme.meta.with_state([](simulator::State& state) { state.faults.clear(); });
    acme.later();
    CHECK(acme.submissions_of(acme.id) == 250);
    CHECK(acme.walk().failures == 0);
}

TEST_CASE("a waiting fetch is ended by the list")
{
    Acme acme;
    const auto ids = acme.make_leads(acme.form, 1, 1h, true);
    acme.meta.with_state([](simulator::State& state) {
        state.faults.add({.kind = simulator::FaultKind::http_500, .endpoint = "lead"});
    });
    acme.take_webhooks();
    acme.sort_and_fetch();
    CHECK(acme.state_of(acme.id, ids[0]) == "waiting");
    acme.later();
    CHECK(acme.state_of(acme.id, ids[0]) == "done");
    CHECK(acme.submissions_of(acme.id) == 1);
}

TEST_CASE("a dead token is noticed by the walk, and nothing more is asked with it")
{
    Acme acme;
    acme.meta.with_state([&](simulator::State& state) {
        state.world.token_of(acme.page).is_dead = true;
        state.world.token_of(acme.page).subcode = 460;
    });
    acme.later();
    CHECK(acme.problem() == "reconnect");
    const auto calls = acme.calls();
    acme.later();
    CHECK(acme.calls() == calls);
}

TEST_CASE("a limit stops the walk, of this page only")
{
    Acme acme;
    acme.make_leads(acme.form, 10);
    acme.meta.with_state([&](simulator::State& state) {
        state.faults.add({.kind = simulator::FaultKind::error, .endpoint = "leads", .code = 80005});
    });
    acme.later();
    const auto calls = acme.calls();
    acme.later();
    CHECK(acme.calls() == calls);
    acme.database->read(acme.id, [&](db::Reader& db) {
        for (const auto& [form_id, walk] : store::list_walks(db, acme.page))
            CHECK(walk.failures == 0);
    });
}

TEST_CASE("where a field is refused, leads are walked with fewer")
{
    Acme acme;
    acme.meta.with_state(
        [](simulator::State& state) { state.graph.removed_fields = {"retailer_item_id"}; });
    const auto ids = acme.make_leads(acme.form, 3);
    acme.later();
    CHECK(acme.submissions_of(acme.id) == 3);
    CHECK(acme.fetch_of(acme.id, ids[0])->reason == "attribution missing: needs ads permission");
    CHECK(acme.problem().empty());
}

TEST_CASE("without access the page says so, and is well again when a walk succeeds")
{
    using simulator::LeadsAccess;
    for (const auto refused :
        {LeadsAccess::refused_as_permission, LeadsAccess::refused_as_missing}) {
        Acme acme;
        acme.make_leads(acme.form, 3);
        const auto set_access = [&](LeadsAccess access) {
            acme.meta.with_state([&](simulator::State& state) {
                state.world.pages.at(acme.page).leads_access = access;
            });
        };
        set_access(refused);
        acme.later();
        // A form that is gone answers the same, so one refusal as missing says nothing yet.
        CHECK(acme.problem() == (refused == LeadsAccess::refused_as_missing ? "" : "needs_access"));
        acme.later();
        CHECK_FALSE(acme.problem().empty());

        set_access(LeadsAccess::granted);
        acme.later();
        CHECK(acme.problem().empty());
        CHECK(acme.submissions_of(acme.id) == 3);
    }
}

TEST_CASE("forms that are off are left alone")
{
    Acme acme;
    acme.make_leads(acme.form, 3);
    acme.database->write(acme.id, [&](db::Tx& tx) { store::set_form_on(tx, acme.form, false); });
    acme.later();
    CHECK(acme.submissions_of(acme.id) == 0);
}

TEST_CASE("hot forms are looked at often, cold ones seldom, failing ones ever more seldom")
{
    const auto now = Instant::from_unix_seconds(1'765'022'400);  // noon
    FormWalk walk{.form_id = "7", .walked_at = now, .swept_at = now};
    CHECK(next_walk({.form_id = "7"}, now, 300s).is_sweep);
    CHECK(next_walk(walk, now - 1h, 300s).at == now + 300s);
    CHECK_FALSE(next_walk(walk, now - 1h, 300s).is_sweep);
    CHECK(next_walk(walk, now - 25h, 300s).at == now + 1h);
    CHECK(next_walk(walk, std::nullopt, 300s).at == now + 1h);
    walk.walked_at = now + 17h;
    CHECK(next_walk(walk, now, 300s).is_sweep);
    walk.failures = 3;
    CHECK(next_walk(walk, now, 300s).at == now + 17h + 1200s);
    walk.failures = 99;
    CHECK(next_walk(walk, now, 300s).at == now + 18h);
}

}  // namespace
}  // namespace leadcrm::meta
