#include "app/program.hpp"

#include "accounts/account_api.hpp"
#include "accounts/confirmation.hpp"
#include "accounts/email_change.hpp"
#include "accounts/new_password.hpp"
#include "accounts/notice.hpp"
#include "api_keys/api_key.hpp"
#include "app/routes.hpp"
#include "app/site_words.hpp"
#include "app/storage.hpp"
#include "audit/audit.hpp"
#include "backups/restored_letter.hpp"
#include "deletion/deletion_steps.hpp"
#include "deletion/tombstone.hpp"
#include "exports/export_writing.hpp"
#include "exports/stray_files.hpp"
#include "leads/hand_over.hpp"
#include "leads/lead_api.hpp"
#include "meta/trouble.hpp"
#include "people/invitation.hpp"
#include "people/ownership.hpp"
#include "platform_admin/announcement.hpp"
#include "privacy/erasure_rest.hpp"
#include "privacy/retention.hpp"
#include "support_access/support_grant.hpp"
#include "support_access/support_request.hpp"
#include "support_access/support_visit.hpp"

namespace leadcrm::app {
namespace {

// Half of them may be walking lists; the others are for the leads somebody waits for.
constexpr int job_threads = 8;

}  // namespace

meta::Settings meta_settings(const Config& config)
{
    meta::Settings settings;
    settings.app_id = config.meta_app_id;
    if (!config.meta_app_secret.empty()) settings.app_secrets = {config.meta_app_secret};
    settings.verify_token = config.meta_verify_token;
    settings.graph_url = config.meta_graph_url;
    settings.graph_version = config.meta_graph_version;
    settings.reconcile_interval = std::chrono::seconds(config.meta_reconcile_interval_s);
    settings.dialog_url = config.meta_dialog_url;
    settings.login_config_id = config.meta_login_config_id;
    settings.public_url = config.public_url;
    settings.session_cookie = accounts::cookie_name(config.secure());
    return settings;
}

Program::Program(const Config& config, db::Database& database)
    : config_(config)
    , database_(database)
    , vault_(open_vault(config))
    , post_(database, {config.smtp_url, config.mail_from})
    , workers_(database, job_threads)
    , shown_(database)
    , stream_(database, leads::describe_for_stream(),
          [this](const OrganizationId& organization, const std::vector<events::LeadId>& seen,
              Instant at) { shown_.note(organization, seen, at); })
    , capture_(database, vault_, net_, meta_settings(config), accounts::authenticator(database))
    , company_sign_in_(database, vault_, net_,
          {config.public_url, config.allows_private_issuers, config.secure()})
    , files_(http::all_assets(), site_words(config))
    , status_(database, !config.smtp_url.empty(), files_)
    , switches_(database)
    , routes_(all_routes({config, database, vault_, shown_, stream_, capture_, company_sign_in_,
          files_, status_, switches_}))
{
    capture_.handle_jobs(workers_);
    accounts::handle_confirmations(workers_, database_, post_, config_.public_url);
    audit::handle_retention(workers_, database_);
    leads::handle_hand_overs(workers_, database_);
    people::handle_ownership_letters(workers_, post_, config_.public_url);
    people::handle_invitations(workers_, database_, post_, config_.public_url);
    deletion::handle_deletions(workers_,
        {.database = database_,
            .post = post_,
            .sends_mail = !config_.smtp_url.empty(),
            .exports = config_.data / "exports",
            .tombstones = config_.data / deletion::tombstones_name,
            .sqlite_file = config_.database_url.empty() ? sqlite_file(config_) : "",
            .public_url = config_.public_url,
            .leave_meta = [this](OrganizationId organization) { capture_.leave(organization); }});
    exports::handle_exports(workers_, database_, vault_, config_.data / "exports");
    exports::handle_strays(workers_, database_, config_.data / "exports");
    privacy::handle_rests(workers_,
        {.database = database_,
            .exports = config_.data / "exports",
            .data = config_.data,
            .sqlite_file = config_.database_url.empty() ? sqlite_file(config_) : ""});
    privacy::handle_retention(workers_, database_, post_, config_.public_url);
    meta::handle_trouble_letters(workers_, database_, post_, config_.public_url);
    accounts::handle_email_changes(workers_, database_, post_, config_.public_url);
    accounts::handle_notices(workers_, post_, config_.public_url);
    backups::handle_restored_letters(workers_, database_, post_, config_.public_url);
    platform_admin::handle_announcements(workers_, database_, post_, config_.public_url);
    support_access::handle_ends(workers_, database_);
    support_access::handle_visit_letters(workers_, database_, post_, config_.public_url);
    support_access::handle_request_letters(workers_, database_, post_, config_.public_url);
    accounts::handle_resets(workers_, database_, post_, config_.public_url);
}

void Program::start()
{
    switches_.load();
    capture_.start();
    audit::order_retention(database_);
    exports::order_strays(database_);
    privacy::order_retention(database_);
    workers_.start();
}

void Program::stop()
{
    workers_.stop(std::chrono::seconds(10), [this] {
        net_.stop();
        post_.stop();
    });
    capture_.stop();
}

http::Site Program::site()
{
    return {.database = &database_,
        .authenticate = api_keys::with_keys(
            support_access::with_visits(accounts::authenticator(database_)), database_),
        .admit = switches_.gate(),
        .session_cookie = accounts::cookie_name(config_.secure()),
        .public_url = config_.public_url,
        .record = audit::recorder()};
}

}  // namespace leadcrm::app
