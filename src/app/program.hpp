// The parts of the running product and how they hang together. Made once by serve; in tests too.
#pragma once

#include "app/config.hpp"
#include "company_sign_in/company_sign_in_api.hpp"
#include "events/stream.hpp"
#include "features/feature_switches.hpp"
#include "leads/lead_shown.hpp"
#include "meta/capture.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"
#include "platform/http/dispatcher.hpp"
#include "platform/http/filled_assets.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/mail.hpp"
#include "platform/net/fetch.hpp"
#include "platform_admin/service_status_api.hpp"

namespace leadcrm::app {

// Of the platform's Meta app, as the operator has set it up.
meta::Settings meta_settings(const Config& config);

// Parts are made in the order they use each other, so they end in the opposite one.
class Program {
public:
    // The database is migrated already and has not begun to work. Both must outlive it.
    Program(const Config& config, db::Database& database);

    void start();
    // Lets running jobs finish; nothing new is begun. After the server has stopped.
    void stop();

    const http::Routes& routes() const { return routes_; }
    http::Site site();

private:
    const Config& config_;
    db::Database& database_;
    const crypto::Vault vault_;
    net::Client net_;
    mail::Post post_;
    jobs::Workers workers_;
    leads::Shown shown_;
    events::Stream stream_;
    meta::Capture capture_;
    company_sign_in::Desk company_sign_in_;
    const http::FilledAssets files_;
    platform_admin::StatusDesk status_;
    features::Switches switches_;
    http::Routes routes_;
};

}  // namespace leadcrm::app
