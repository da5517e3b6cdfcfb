#include "accounts/my_sessions_api.hpp"

#include "accounts/my_sessions.hpp"
#include "accounts/session_length.hpp"

namespace leadcrm::accounts {

struct EndSession {
    SessionId id;
};
BOOST_DESCRIBE_STRUCT(EndSession, (), (id))

struct SetSessionLength {
    Whole<1, session_length.count()> hours;
};
BOOST_DESCRIBE_STRUCT(SetSessionLength, (), (hours))

void add_session_routes(http::Routes& api, db::Database& database, const Surroundings& surroundings)
{
    using http::Right;
    const auto token_of = [name = cookie_name(surroundings.is_secure)](const http::Call& call) {
        return call.request.cookie(name).value_or("");
    };
    api.work("GET", "/api/v1/me/sessions",
        [&database, token_of](const http::Call& call, const http::Nothing&) {
            return http::Page<MySession>{database.read_platform([&](db::PlatformReader& db) {
                                             return my_sessions(
                                                 db, call.caller().user_id, token_of(call));
                                         }),
                std::nullopt};
        },
        {"Where one is signed in", Right::own_account});
    api.work("DELETE", "/api/v1/me/sessions",
        [&database, token_of](const http::Call& call, const http::Nothing&) {
            database.write_platform([&](db::PlatformTx& tx) {
                end_other_sessions(tx, call.caller().user_id, token_of(call));
                call.record(tx);
            });
            return http::Nothing();
        },
        {"Sign out everywhere else", Right::own_account, "This session goes on.", 204});
    api.write("DELETE", "/api/v1/me/sessions/{id}",
        [](db::PlatformTx& tx, const http::Caller& caller, const EndSession& ask) {
            end_session(tx, caller.user_id, ask.id);
            return http::Nothing();
        },
        {"End one of one's own sessions", Right::own_account, {}, 204});
    api.write("PUT", "/api/v1/organization/session-length",
        [](db::PlatformTx& tx, const http::Caller& caller, const SetSessionLength& ask) {
            set_session_length(tx, caller.organization_id, std::chrono::hours(ask.hours.value));
            return http::Nothing();
        },
        {"After how many hours everybody signs in anew", Right::manage_organization,
            "Counted from when a person signed in, whatever they do meanwhile. Sessions that are "
            "open end earlier too.",
            204});
}

}  // namespace leadcrm::accounts
