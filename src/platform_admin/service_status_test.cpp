#include "app/testing/whole_product.hpp"
#include "meta/call_counts.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform_admin/service_status.hpp"
#include "platform_admin/service_status_api.hpp"

#include <doctest/doctest.h>

namespace leadcrm::platform_admin {
namespace {

using namespace std::chrono_literals;

struct Watched {
    testing::TestDatabase database;
    Instant now = Instant::now();

    ServiceState state(ServicePart part)
    {
        return state_of(part,
            database->read_platform([&](db::PlatformReader& db) { return read_figures(db, now); }));
    }
    void add_job(const std::string& kind, const std::string& state, std::chrono::minutes ago,
        int failures = 0)
    {
        database->write_platform([&](db::PlatformTx& tx) {
            tx.run("INSERT INTO jobs (id, kind, key, payload, state, run_at, failures,"
                   " attempts_max, trouble, created_at)"
                   " VALUES ($1, $2, '', '{}', $3, $4, $5, 9, '', $4)",
                jobs::JobId::make(), kind, state, now - ago, failures);
        });
    }
};

}  // namespace

TEST_CASE("a service in which nothing waits works")
{
    Watched service;
    service.add_job("meta.fetch_leads", "waiting", -10min);  // not due
    service.add_job("exports.write", "dead", 90min);
    for (const auto part :
        {ServicePart::leads, ServicePart::app, ServicePart::mail, ServicePart::meta})
        CHECK(service.state(part) == ServiceState::working);
}

TEST_CASE("leads that wait are slow after a minute and stuck after a quarter of an hour")
{
    Watched service;
    SUBCASE("as jobs")
    {
        service.add_job("meta.fetch_leads", "waiting", 2min);
        CHECK(service.state(ServicePart::leads) == ServiceState::slow);
        service.add_job("meta.fetch_leads", "waiting", 16min);
        CHECK(service.state(ServicePart::leads) == ServiceState::not_working);
        CHECK(service.state(ServicePart::app) == ServiceState::working);
    }
    SUBCASE("as deliveries")
    {
        service.database->write_platform([&](db::PlatformTx& tx) {
            tx.run("INSERT INTO webhook_deliveries (id, app_id, body, received_at, state)"
                   " VALUES ($1, '5', $2, $3, 'new')",
                jobs::JobId::make(), db::Blob{"{}"}, service.now - 2min);
        });
        CHECK(service.state(ServicePart::leads) == ServiceState::slow);
    }
    SUBCASE("dead")
    {
        service.add_job("meta.fetch_leads", "dead", 2min);
        CHECK(service.state(ServicePart::leads) == ServiceState::slow);
    }
}

TEST_CASE("letters and other work are judged apart")
{
    Watched service;
    service.add_job("accounts.reset_letter", "waiting", 61min, 3);
    CHECK(service.state(ServicePart::mail) == ServiceState::not_working);
    CHECK(service.state(ServicePart::app) == ServiceState::working);
    service.add_job("exports.write", "waiting", 11min);
    CHECK(service.state(ServicePart::app) == ServiceState::slow);
}

TEST_CASE("Meta is judged by enough calls, and not by tokens that are dead")
{
    Watched service;
    const auto acme = service.database.add_organization();
    meta::CallCounts counts(*service.database);
    const auto note = [&](const char* outcome, int times) {
        for (int i = 0; i < times; ++i) counts.note(acme, outcome, service.now);
        counts.store();
    };
    note("retry", 5);
    CHECK(service.state(ServicePart::meta) == ServiceState::working);
    note("reconnect", 25);
    CHECK(service.state(ServicePart::meta) == ServiceState::slow);
    note("retry", 30);
    CHECK(service.state(ServicePart::meta) == ServiceState::not_working);
}

TEST_CASE("anybody reads the status; it is looked at again after a quarter of a minute")
{
    app::testing::Product product;
    auto anybody = product.stranger();
    const auto answer = anybody.get("/api/v1/status");
    CHECK(answer.status == 200);
    CHECK(answer.header("Cache-Control") == "public, max-age=15");
    CHECK(answer.json().at("parts").as_array().size() == 3);  // no mail server
    CHECK(answer.body.find("Acme") == std::string::npos);

    Watched service;
    StatusWatch watch(*service.database, true);
    const auto leads = [&](std::chrono::seconds later) {
        return watch.now(service.now + later).parts.front().state;
    };
    CHECK(watch.now(service.now).parts.size() == 4);
    service.add_job("meta.fetch_leads", "waiting", 16min);
    CHECK(leads(14s) == ServiceState::working);
    CHECK(leads(15s) == ServiceState::not_working);
    const auto html = status_html(watch.now(service.now + 15s));
    CHECK(html.find("<dt>Taking in leads</dt><dd>Not working</dd>") != std::string::npos);
    CHECK(html.find("<dt>Mail</dt><dd>Working</dd>") != std::string::npos);
}

}  // namespace leadcrm::platform_admin
