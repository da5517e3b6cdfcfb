#include "app/routes.hpp"

#include "accounts/account_api.hpp"
#include "accounts/role.hpp"
#include "api_keys/api_key_api.hpp"
#include "app/health.hpp"
#include "app/storage.hpp"
#include "audit/action.hpp"
#include "audit/audit_api.hpp"
#include "custom_fields/custom_field_api.hpp"
#include "deletion/deletion_api.hpp"
#include "deletion/status_page.hpp"
#include "exports/export_api.hpp"
#include "features/feature_api.hpp"
#include "leads/lead_api.hpp"
#include "leads/lead_search.hpp"
#include "people/ownership_api.hpp"
#include "people/people_api.hpp"
#include "pipeline/stage.hpp"
#include "pipeline/stage_api.hpp"
#include "platform/http/static_files.hpp"
#include "platform_admin/plan_api.hpp"
#include "platform_admin/platform_api.hpp"
#include "platform_admin/pricing_page.hpp"
#include "privacy/privacy_api.hpp"
#include "support_access/support_access_api.hpp"

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

namespace leadcrm::app {
namespace {

using boost::describe::describe_enumerators;
using boost::mp11::mp_for_each;

boost::json::array named_rights(accounts::Role role)
{
    boost::json::array names;
    mp_for_each<describe_enumerators<http::Right>>([&](auto right) {
        if (right.value != http::Right::everybody && accounts::rights_of(role).has(right.value))
            names.emplace_back(right.name);
    });
    return names;
}

const char* sees_usually(accounts::Role role)
{
    switch (role) {
    case accounts::Role::owner:
        return "all";
    case accounts::Role::team_lead:
        return "team";
    case accounts::Role::agent:
        break;
    }
    return "own_and_unassigned";
}

}  // namespace

http::ApiFacts api_facts(const Config& config, const http::Routes& routes)
{
    http::ApiFacts facts{LEADCRM_VERSION, accounts::cookie_name(config.secure())};
    mp_for_each<describe_enumerators<accounts::Role>>([&](auto role) {
        boost::json::object may;
        may["rights"] = named_rights(role.value);
        may["sees"] = sees_usually(role.value);
        facts.roles[role.name] = std::move(may);
    });
    facts.audit_actions = audit::all_actions(routes);
    return facts;
}

http::Routes all_routes(const RouteParts& parts)
{
    http::Routes routes;
    const accounts::Surroundings surroundings{
        parts.config.secure(), !parts.config.smtp_url.empty(), parts.config.public_url};
    const accounts::Reauthentication reauthentication(parts.database, parts.vault, surroundings);
    accounts::add_routes(
        routes, parts.database, parts.vault, surroundings, furnish);  // /api/v1/auth, /me
    parts.company_sign_in.add_routes(
        routes);  // /api/v1/auth/company, /organization/company-sign-in
    audit::add_routes(routes);  // /api/v1/audit
    api_keys::add_routes(routes);  // /api/v1/keys
    people::add_routes(routes, parts.database,
        {parts.config.public_url, parts.config.secure()});  // /api/v1/members, /invitations
    people::add_ownership_routes(
        routes, parts.database, reauthentication);  // /api/v1/members/{id}/ownership
    pipeline::add_routes(routes);  // /api/v1/stages
    custom_fields::add_routes(routes);  // /api/v1/fields
    leads::add_routes(routes, parts.shown);  // /api/v1/leads
    deletion::add_routes(
        routes, parts.database, reauthentication);  // /api/v1/organization/deletion
    deletion::add_status_routes(routes, parts.database, parts.files);  // /data-deletion
    exports::add_routes(routes, parts.database, parts.config.data / "exports");  // /api/v1/exports
    events::add_routes(routes, parts.stream);  // /api/v1/stream
    parts.capture.add_routes(routes);  // /webhooks/meta, /api/v1/meta
    platform_admin::add_routes(routes);  // /api/v1/plan
    platform_admin::add_pricing_page(routes, parts.database, parts.files);  // /pricing
    platform_admin::add_platform_routes(
        routes, {LEADCRM_VERSION, backup_folder(parts.config)});  // /api/v1/platform
    features::add_routes(routes, parts.switches);  // /api/v1/platform/features
    parts.status.add_routes(routes);  // /api/v1/status, /status
    support_access::add_routes(routes, parts.database,
        parts.config.secure());  // /api/v1/organization/support-access, /api/v1/me/visit
    privacy::add_routes(routes, parts.database, parts.vault, parts.config.data / "exports",
        reauthentication);  // /api/v1/leads/{id}/erasure, /access-file, /api/v1/retention
    add_health_routes(routes, parts.database);  // /healthz, /readyz
    http::add_openapi_route(routes, api_facts(parts.config, routes));  // /api/openapi.json
    routes.otherwise(
        [&files = parts.files](const http::Request& request, const http::Respond& respond) {
            respond(http::static_file(request, files.all()));  // /app/…, and the public site
        });
    return routes;
}

void furnish(db::Tx& tx)
{
    pipeline::add_default_stages(tx);
    leads::open_search(tx);
}

}  // namespace leadcrm::app
