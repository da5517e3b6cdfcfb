#include "accounts/organization_facts_api.hpp"

#include "accounts/organization_facts.hpp"

namespace leadcrm::accounts {

void add_organization_routes(http::Routes& api)
{
    api.write("PUT", "/api/v1/organization",
        [](db::PlatformTx& tx, const http::Caller& caller, const OrganizationFacts& ask) {
            set_organization_facts(tx, caller.organization_id, ask);
            return http::Nothing();
        },
        {"Change the organization's name, country and time zone", http::Right::manage_organization,
            "All of them: a country that is left out is none. What they are now is in "
            "`GET /api/v1/me`, with the `version` that If-Match names: the change is refused when "
            "another one came in between. Numbers and times that were read before stay what they are.",
            204});
}

}  // namespace leadcrm::accounts
