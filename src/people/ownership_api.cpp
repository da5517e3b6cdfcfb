#include "people/ownership_api.hpp"

#include "accounts/session_cookie.hpp"
#include "people/ownership.hpp"

namespace leadcrm::people {

void add_ownership_routes(
    http::Routes& api, db::Database& database, const crypto::Vault& vault, bool is_secure)
{
    api.work("POST", "/api/v1/members/{id}/ownership",
        [&database, &vault, is_secure](const http::Call& call, const PassOn& ask) {
            const auto& caller = call.caller();
            pass_on(database, vault, caller.organization_id, caller.user_id, ask,
                accounts::visitor_of(call.request, is_secure), [&](auto& tx) { call.record(tx); });
            return http::Nothing();
        },
        {"Pass the organization on to a member", http::Right::manage_organization,
            "Asks for the password, and for a code of whoever has a second factor. Both are signed "
            "out of the organization, and get a letter.",
            204});
}

}  // namespace leadcrm::people
