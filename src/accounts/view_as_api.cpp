#include "accounts/view_as_api.hpp"

#include "accounts/view_as.hpp"

namespace leadcrm::accounts {

struct ViewAs {
    UserId id;
};
BOOST_DESCRIBE_STRUCT(ViewAs, (), (id))

void add_view_routes(http::Routes& api, db::Database& database, const std::string& session_cookie)
{
    using http::Right;
    const auto token_of = [session_cookie](const http::Call& call) {
        return call.request.cookie(session_cookie).value_or("");
    };
    api.work("POST", "/api/v1/members/{id}/view",
        [&database, token_of](const http::Call& call, const ViewAs& ask) {
            database.write_platform([&](db::PlatformTx& tx) {
                begin_view(tx, call.caller(), token_of(call), ask.id);
                call.record(tx);
            });
            return http::Nothing();
        },
        {"See everything as another member sees it", Right::manage_organization,
            "Until DELETE /api/v1/me/view this session reads what that person may read, and changes "
            "nothing. Not of an owner, nor of the person's own account.",
            204});
    api.work("DELETE", "/api/v1/me/view",
        [&database, token_of](const http::Call& call, const http::Nothing&) {
            database.write_platform([&](db::PlatformTx& tx) {
                end_view(tx, token_of(call));
                call.record(tx);
            });
            return http::Nothing();
        },
        {.summary = "Be oneself again", .success = 204, .while_viewing = true});
}

}  // namespace leadcrm::accounts
