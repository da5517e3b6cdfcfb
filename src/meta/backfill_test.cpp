#include "meta/form.hpp"
#include "meta/testing/simulated_meta.hpp"

#include <doctest/doctest.h>

namespace leadcrm::meta {
namespace {

using testing::SimulatedMeta;
using namespace std::chrono_literals;

struct Acme : SimulatedMeta {
    Acme() : page(page_id(0)), id(organization_with(page)) { }
    void fill() { backfiller.fill(id, page); }
    Backfill backfill()
    {
        return database->read(id, [&](db::Reader& db) { return store::find_backfill(db, page); })
            .value();
    }

    std::string page;
    OrganizationId id;
};

TEST_CASE("a backfill brings all that Meta still holds, of every form, and says how far it is")
{
    Acme acme;
    CHECK(acme.backfill().state == BackfillState::waiting);
    acme.make_leads(acme.form_id(0, 0), 130, 2h);
    acme.make_leads(acme.form_id(0, 1), 120, 50h);
    acme.make_leads(acme.form_id(0, 2), 110, 80 * 24h);
    acme.make_leads(acme.form_id(0, 2), 10, 95 * 24h);  // Meta has forgotten these
    acme.make_leads(acme.form_id(1, 0), 5);  // somebody else's page
    acme.fill();
    CHECK(acme.submissions_of(acme.id) == 360);
    CHECK(acme.backfill().state == BackfillState::done);
    CHECK(acme.backfill().found == 360);
    CHECK(acme.backfill().stored == 360);
    CHECK(acme.backfill().ended_at);
}

TEST_CASE("what came by webhook meanwhile is found and not stored again")
{
    Acme acme;
    acme.make_leads(acme.form_id(0), 20, 1h, true);
    acme.make_leads(acme.form_id(0), 10, 3h);
    acme.take_webhooks();
    acme.sort_and_fetch();
    acme.fill();
    CHECK(acme.submissions_of(acme.id) == 30);
    CHECK(acme.backfill().found == 30);
    CHECK(acme.backfill().stored == 10);
}

TEST_CASE("an interrupted backfill goes on where it was, and counts nothing twice")
{
    Acme acme;
    acme.make_leads(acme.form_id(0, 0), 150, 1h);
    acme.make_leads(acme.form_id(0, 1), 250, 1h);
    acme.meta.with_state([&](simulator::State& state) {
        state.faults.add(
            {.kind = simulator::FaultKind::html_502, .endpoint = "leads", .probability = 0.5});
    });
    for (int i = 0; i < 100 && acme.backfill().state != BackfillState::done; ++i) {
        try {
            acme.fill();
        } catch (const jobs::TryAgain&) {
            CHECK(acme.backfill().state == BackfillState::running);
        }
    }
    CHECK(acme.submissions_of(acme.id) == 400);
    CHECK(acme.backfill().found == 400);
    CHECK(acme.backfill().stored == 400);
}

TEST_CASE("a backfill that may not read says why, and can be ordered again")
{
    Acme acme;
    acme.make_leads(acme.form_id(0), 3);
    acme.meta.with_state([&](simulator::State& state) {
        state.world.token_of(acme.page).is_dead = true;
        state.world.token_of(acme.page).subcode = 460;
    });
    acme.fill();
    CHECK(acme.backfill().state == BackfillState::done);  // there was no form to ask for
    acme.meta.with_state(
        [&](simulator::State& state) { state.world.token_of(acme.page).is_dead = false; });
    acme.lister.list(acme.id, acme.page);
    acme.meta.with_state(
        [&](simulator::State& state) { state.world.token_of(acme.page).is_dead = true; });
    const auto order = [&] {
        acme.database->write(acme.id, [&](db::Tx& tx) { order_backfill(tx, acme.page); });
    };
    order();
    acme.fill();
    CHECK(acme.backfill().state == BackfillState::failed);
    CHECK(acme.backfill().trouble);
    CHECK(acme.page_of(acme.id, acme.page).problem_code == "reconnect");

    acme.meta.with_state([&](simulator::State& state) { state.world.renew_token(acme.page); });
    acme.hold(acme.id, acme.page);
    CHECK(acme.backfill().state == BackfillState::waiting);
    acme.fill();
    CHECK(acme.backfill().state == BackfillState::done);
    CHECK(acme.submissions_of(acme.id) == 3);
}

TEST_CASE("the forms of a page are listed with what Meta says about them")
{
    Acme acme;
    acme.make_leads(acme.form_id(0), 4);
    acme.lister.list(acme.id, acme.page);
    const auto forms = acme.database->read(
        acme.id, [&](db::Reader& db) { return store::list_forms_of(db, acme.page); });
    REQUIRE(forms.size() == 3);
    for (const auto& form : forms) {
        CHECK(form.is_on);
        CHECK(form.name);
        CHECK(form.locale.size() == 5);
        CHECK(form.privacy_url.starts_with("https://"));
        CHECK(form.created_at);
        CHECK(form.questions.size() > 1);
        CHECK(form.leads_count == (form.form_id == acme.form_id(0) ? 4 : 0));
    }
}

TEST_CASE("more forms than one answer holds are all listed, and what is off stays off")
{
    Acme acme;
    acme.meta.with_state([&](simulator::State& state) {
        for (int i = 0; i < 230; ++i)
            state.world.add_form(state.world.pages.at(acme.page), 0, state.clock.now());
    });
    acme.lister.list(acme.id, acme.page);
    acme.database->write(
        acme.id, [&](db::Tx& tx) { CHECK(store::set_form_on(tx, acme.form_id(0), false)); });
    acme.lister.list(acme.id, acme.page);
    acme.database->read(acme.id, [&](db::Reader& db) {
        CHECK(store::list_forms_of(db, acme.page).size() == 233);
        CHECK(store::list_forms_off(db) == std::vector{acme.form_id(0)});
    });
}

TEST_CASE("where forms may not be listed, leads are walked with the forms that leads came with")
{
    Acme acme;
    acme.meta.with_state([&](simulator::State& state) {
        state.world.token_of(acme.page).scopes.erase("pages_manage_ads");
    });
    acme.make_leads(acme.form_id(0), 1, 1h, true);
    acme.make_leads(acme.form_id(0), 4, 2h);
    acme.take_webhooks();
    acme.sort_and_fetch();
    acme.fill();
    CHECK(acme.submissions_of(acme.id) == 5);
    CHECK_FALSE(acme.page_of(acme.id, acme.page).problem_code);
}

}  // namespace
}  // namespace leadcrm::meta
