#include "people/ownership_api.hpp"

#include "people/ownership.hpp"

namespace leadcrm::people {

void add_ownership_routes(
    http::Routes& api, db::Database& database, const accounts::Reauthentication& reauthentication)
{
    api.work("POST", "/api/v1/members/{id}/ownership",
        [&database, reauthentication](const http::Call& call, const PassOn& ask) {
            pass_on(database, reauthentication, call, ask);
            return http::Nothing();
        },
        {"Pass the organization on to a member", http::Right::manage_organization,
            "Asks for the password, and for a code or a passkey of whoever has a second factor. Both "
            "are signed out of the organization, and get a letter.",
            204});
}

}  // namespace leadcrm::people
