#include "meta/capture.hpp"

#include "meta/callback_api.hpp"
#include "meta/connection_api.hpp"
#include "meta/delivery_api.hpp"
#include "meta/doctor_api.hpp"
#include "meta/form_api.hpp"
#include "meta/form_version_api.hpp"
#include "meta/leads_file_api.hpp"
#include "meta/ledger_api.hpp"
#include "meta/mapping_api.hpp"
#include "meta/mapping_run.hpp"
#include "meta/mapping_run_api.hpp"
#include "meta/meta_api.hpp"
#include "meta/own_app_api.hpp"
#include "meta/replay.hpp"
#include "meta/webhook.hpp"

namespace leadcrm::meta {

Capture::Capture(db::Database& database, const crypto::Vault& vault, net::Client& net,
    const Settings& settings, http::Authenticator authenticate)
    : database_(database)
    , vault_(vault)
    , settings_(settings)
    , apps_(
          database, vault, [&net](net::Request request) { return net.fetch(std::move(request)); },
          settings)
    , fetcher_(database, vault, apps_)
    , lister_(database, vault, apps_)
    , walker_(database, vault, apps_)
    , backfiller_(database, lister_, walker_, apps_)
    , reconciler_(database, walker_, apps_, settings.reconcile_interval)
    , sorter_(database, refusals_)
    , pages_(database, vault, apps_)
    , login_(database, vault, apps_, pages_, std::move(authenticate))
    , desk_(login_, settings)
    , probe_(database, vault, apps_)
    , names_(database, vault, apps_)
    , doctor_(database, vault, apps_, refusals_)
    , own_app_(database, vault, apps_, pages_)
    , leaving_(database, vault, apps_, own_app_)
{
}

void Capture::add_routes(http::Routes& routes)
{
    const WebhookDesk desk{database_, refusals_, [this] { sorter_.wake(); }};
    add_webhook_routes(routes, settings_, desk);
    add_api_routes(routes);
    add_form_routes(routes);
    add_form_version_route(routes);
    add_mapping_routes(routes);
    add_mapping_run_routes(routes);
    add_ledger_routes(routes);
    add_leads_file_route(routes, database_, vault_);
    desk_.add_routes(routes);
    add_callback_routes(routes, apps_, database_);
    add_own_app_routes(routes, own_app_, apps_, desk);
    add_delivery_routes(routes);
    add_doctor_routes(routes, doctor_, database_, vault_, apps_);
    add_connection_routes(routes, database_, pages_, apps_);
}

void Capture::handle_jobs(jobs::Workers& workers)
{
    fetcher_.handle_jobs(workers);
    // Few at a time: the other workers are for the leads somebody waits for.
    workers.handle(forms_job,
        [this](const jobs::Job& job) { lister_.list(job.organization_id.value(), job.key); },
        {.at_once = 1});
    workers.handle(backfill_job,
        [this](const jobs::Job& job) { backfiller_.fill(job.organization_id.value(), job.key); },
        {.at_once = 1});
    workers.handle(reconcile_job,
        [this](
            const jobs::Job& job) { reconciler_.reconcile(job.organization_id.value(), job.key); },
        {.at_once = 1});
    workers.handle(
        reconcile_all_job, [this](const jobs::Job&) { reconciler_.order_all(); }, {.at_once = 1});
    pages_.handle_jobs(workers);
    probe_.handle_jobs(workers);
    names_.handle_jobs(workers);
    handle_replay_jobs(workers, database_);
    handle_run_jobs(workers, database_);
    doctor_.handle_jobs(workers);
}

void Capture::start()
{
    apps_.load();
    apps_.counts().start();
    sorter_.start();
    database_.write_platform(
        [](db::PlatformTx& tx) { jobs::enqueue(tx, {.kind = reconcile_all_job, .key = "all"}); });
    probe_.order_first();
    names_.order_first();
    doctor_.start();
}

void Capture::stop()
{
    sorter_.stop();
    apps_.counts().stop();
}

}  // namespace leadcrm::meta
