// Where a lead comes in. All of Meta for a running server:
//
//     webhook.hpp      POST of Meta: genuine? store it, answer 200
//     sorter.hpp       which organizations hold the page: a fetch for each
//     lead_fetch.hpp   read the lead from Graph → leads::take_in
//     reconciler.hpp   compares with Graph's own lists and brings what is missing
//     backfill.hpp     all that Meta still holds, when a page is connected
//
// A page is connected by page.hpp. The proof that nothing is missing: ledger.hpp.
// How pages are connected: oauth.hpp (the login at Facebook), page_connection.hpp.
#pragma once

#include "meta/apps.hpp"
#include "meta/backfill.hpp"
#include "meta/doctor.hpp"
#include "meta/lead_fetch.hpp"
#include "meta/leaving.hpp"
#include "meta/name_reading.hpp"
#include "meta/oauth_api.hpp"
#include "meta/own_app_setup.hpp"
#include "meta/page_connection.hpp"
#include "meta/reconciler.hpp"
#include "meta/refusals.hpp"
#include "meta/settings.hpp"
#include "meta/sorter.hpp"
#include "meta/token_probe.hpp"
#include "platform/http/routes.hpp"
#include "platform/jobs/jobs.hpp"

namespace leadcrm::meta {

// Uses what it is given; all of it must live longer. Make it before the database's first work.
class Capture {
public:
    Capture(db::Database& database, const crypto::Vault& vault, net::Client& net,
        const Settings& settings, http::Authenticator authenticate);

    void add_routes(http::Routes& routes);
    void handle_jobs(jobs::Workers& workers);
    void start();
    // An organization goes: blocking, bounded.
    void leave(OrganizationId organization) { leaving_.leave(organization); }
    void stop();  // when no webhook is being answered any more; after the workers

private:
    db::Database& database_;
    const crypto::Vault& vault_;
    const Settings settings_;
    Apps apps_;
    Refusals refusals_;
    LeadFetcher fetcher_;
    FormLister lister_;
    LeadWalker walker_;
    Backfiller backfiller_;
    Reconciler reconciler_;
    Sorter sorter_;
    PageConnections pages_;
    FacebookLogin login_;
    LoginDesk desk_;
    TokenProbe probe_;
    NameReader names_;
    Doctor doctor_;
    OwnAppSetup own_app_;
    Leaving leaving_;
};

}  // namespace leadcrm::meta
