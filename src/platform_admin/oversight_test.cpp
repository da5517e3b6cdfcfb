#include "app/testing/workspace.hpp"
#include "meta/page.hpp"
#include "platform_admin/oversight.hpp"
#include "platform_admin/plan.hpp"
#include "platform_admin/suspension.hpp"

#include <doctest/doctest.h>

#include <chrono>

namespace leadcrm::platform_admin {
namespace {

using namespace std::chrono_literals;

OrganizationId id_of(testing::Workspace& crm) { return crm.caller.organization_id; }

Usage usage(testing::Workspace& crm, Instant now)
{
    return crm.database->read(id_of(crm), [&](db::Reader& db) { return usage_of(db, now); });
}

void add_plan(testing::Workspace& crm, const std::string& id, const std::string& name,
    std::optional<std::int64_t> seats, std::optional<std::int64_t> monthly_leads)
{
    crm.database->write_platform([&](db::PlatformTx& tx) {
        tx.run("INSERT INTO plans (id, name, seats, monthly_leads, position)"
               " VALUES ($1, $2, $3, $4, 9) ON CONFLICT (id) DO NOTHING",
            id, name, seats, monthly_leads);
    });
}

void connect_page(testing::Workspace& crm, const std::string& page_id)
{
    crm.database->write_platform([&](db::PlatformTx& tx) {
        meta::connect_page(tx, id_of(crm),
            {.page_id = page_id, .name = "Smile Clinic", .connected_at = Instant::now()});
    });
}

void add_fetch(testing::Workspace& crm, const std::string& leadgen_id, Instant received,
    std::optional<Instant> ended)
{
    crm.database->write(id_of(crm), [&](db::Tx& tx) {
        tx.run("INSERT INTO lead_fetches (organization_id, leadgen_id, page_id, submitted_at,"
               " received_at, state, attempts, ended_at) VALUES ($1, $2, '1', $3, $3, $4, 1, $5)",
            leadgen_id, received, ended ? "done" : "waiting", ended);
    });
}

}  // namespace

TEST_CASE("the operator sees who there is and how much, each organization for itself")
{
    testing::Workspace crm;
    crm.arrives(testing::submission_of("Ana Ruiz", "ana@example.com", "+34600000001", "1"));
    connect_page(crm, "1");
    add_plan(crm, "team", "Team", 15, 5000);
    crm.add_organization("Empty");
    crm.database->write(id_of(crm), [](db::Tx& tx) {
        meta::store::set_problem(tx, "1", {"reconnect", "Connect again.", Instant::now()});
        set_plan(tx, "team", Instant::now());
    });
    const auto lines = crm.database->read_platform(
        [](db::PlatformReader& db) { return list_organizations(db, Instant::now()); });
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].members == 1);
    CHECK(lines[0].pages == 1);
    CHECK(lines[0].failing_pages == 1);
    CHECK(lines[0].leads_30_days == 1);
    CHECK(lines[0].plan == "team");
    CHECK(lines[0].last_lead_at.has_value());
    CHECK(lines[1].name == "Empty");
    CHECK(lines[1].pages + lines[1].leads_30_days == 0);
    CHECK_FALSE(lines[1].plan);
    CHECK_FALSE(lines[1].last_lead_at);

    const auto failing =
        crm.database->read_platform([](db::PlatformReader& db) { return list_failing_pages(db); });
    REQUIRE(failing.size() == 1);
    CHECK(failing[0].organization_id == id_of(crm));
    CHECK(failing[0].code == "reconnect");
}

TEST_CASE("the lag is that of stored leads; what is still open is counted beside it")
{
    testing::Workspace crm;
    connect_page(crm, "1");
    const auto now = Instant::now();
    for (int i = 0; i < 99; ++i)
        add_fetch(crm, "fast" + std::to_string(i), now - 1h, now - 1h + 2s);
    add_fetch(crm, "slow", now - 1h, now - 1h + 90s);
    add_fetch(crm, "old", now - 48h, now - 2h);
    add_fetch(crm, "open", now - 1min, std::nullopt);
    const auto lags =
        crm.database->read_platform([&](db::PlatformReader& db) { return list_lags(db, now); });
    REQUIRE(lags.size() == 1);
    CHECK(lags[0].leads == 100);
    CHECK(lags[0].open == 1);
    CHECK(lags[0].p50_seconds == 2.0);
    CHECK(lags[0].p99_seconds == 90.0);
}

TEST_CASE("a plan is outgrown by leads of this month or by people, and never turns a lead away")
{
    testing::Workspace crm;
    const auto now = Instant::now();
    CHECK_FALSE(usage(crm, now).is_over);
    add_plan(crm, "tiny", "Tiny", 2, 1);
    crm.database->write(id_of(crm), [&](db::Tx& tx) { set_plan(tx, "tiny", now); });
    crm.arrives(testing::submission_of("Ana Ruiz", "ana@example.com", "+34600000001", "1"));
    CHECK(usage(crm, now).leads == 1);
    CHECK_FALSE(usage(crm, now).is_over);
    CHECK(crm.arrives(testing::submission_of("Bo Li", "bo@example.com", "+34600000002", "2"))
        == leads::Intake::added);
    CHECK(usage(crm, now).is_over);
    CHECK_FALSE(usage(crm, now + 32 * 24h).is_over);

    crm.add_member("Cy", http::Sight::all);
    crm.add_member("Di", http::Sight::all);
    CHECK(usage(crm, now + 32 * 24h).seats == 3);
    CHECK(usage(crm, now + 32 * 24h).is_over);
}

TEST_CASE("what the owner asks for waits for the operator, who answers by setting a plan")
{
    testing::Workspace crm;
    const auto now = Instant::now();
    add_plan(crm, "free", "Free", 3, 500);
    add_plan(crm, "business", "Business", std::nullopt, std::nullopt);
    crm.database->write(id_of(crm), [&](db::Tx& tx) {
        set_plan(tx, "free", now);
        CHECK_FALSE(ManualPayment().ask_for(tx, {.id = "business", .name = ""}, now));
    });
    CHECK(usage(crm, now).asked_plan_id == "business");
    crm.database->write(id_of(crm), [&](db::Tx& tx) { set_plan(tx, "business", now); });
    CHECK_FALSE(usage(crm, now).asked_plan_id);
    CHECK(usage(crm, now).plan->name == "Business");
    CHECK_THROWS_AS(
        crm.database->write(id_of(crm), [&](db::Tx& tx) { set_plan(tx, "gold", now); }), Failure);
    crm.database->write(id_of(crm), [&](db::Tx& tx) { set_plan(tx, std::nullopt, now); });
    CHECK_FALSE(usage(crm, now).plan);
}

}  // namespace leadcrm::platform_admin
