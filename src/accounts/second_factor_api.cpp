#include "accounts/second_factor_api.hpp"

#include "accounts/proof.hpp"
#include "accounts/second_factor.hpp"

namespace leadcrm::accounts {

struct ConfirmSecondFactor {
    Text<1, 40> code;
};
BOOST_DESCRIBE_STRUCT(ConfirmSecondFactor, (), (code))

struct NeedSecondFactor {
    bool is_needed = false;
};
BOOST_DESCRIBE_STRUCT(NeedSecondFactor, (), (is_needed))

void add_second_factor_routes(http::Routes& api, db::Database& database, const crypto::Vault& vault,
    const Surroundings& surroundings)
{
    using http::Right;
    const Reauthentication reauthentication(database, vault, surroundings);
    api.read("GET", "/api/v1/me/second-factor",
        [](const db::PlatformReader& db, const http::Caller& caller, const http::Nothing&) {
            return second_factor_of(db, caller.user_id);
        },
        {"Whether one's own second factor is on", Right::own_account});
    api.work("POST", "/api/v1/me/second-factor",
        [&database, &vault, reauthentication](const http::Call& call, const Proof& ask) {
            const auto user = reauthentication.demand(call, ask);
            return database.write_platform([&](db::PlatformTx& tx) {
                call.record(tx);
                return begin_second_factor(tx, vault, user);
            });
        },
        {"Begin to set up a second factor", Right::own_account,
            "Answers with a secret for an authenticator app. It is asked of nobody before a code "
            "of the app has confirmed it."});
    api.work("POST", "/api/v1/me/second-factor/confirm",
        [&database, &vault, surroundings](const http::Call& call, const ConfirmSecondFactor& ask) {
            return confirm_second_factor(database, vault, call.caller().user_id, ask.code.value,
                visitor_of(call.request, surroundings), [&](auto& tx) { call.record(tx); });
        },
        {"Switch the second factor on, with a code of the app", Right::own_account,
            "Answers with ten recovery codes, which are not shown again."});
    api.work("POST", "/api/v1/me/second-factor/recovery-codes",
        [&database, reauthentication](const http::Call& call, const Proof& ask) {
            const auto user = reauthentication.demand(call, ask);
            return database.write_platform([&](db::PlatformTx& tx) {
                call.record(tx);
                return renew_recovery_codes(tx, user.id);
            });
        },
        {"Make new recovery codes", Right::own_account, "Those from before are worth nothing."});
    api.work("POST", "/api/v1/me/second-factor/off",
        [&database, reauthentication, surroundings](const http::Call& call, const Proof& ask) {
            const auto user = reauthentication.demand(call, ask);
            database.write_platform([&](db::PlatformTx& tx) {
                end_second_factor(tx, user, visitor_of(call.request, surroundings));
                call.record(tx);
            });
            return http::Nothing();
        },
        {"Switch the second factor off", Right::own_account,
            "Not while an organization of the person needs it.", 204});
    api.write("PUT", "/api/v1/organization/second-factor",
        [](db::PlatformTx& tx, const http::Caller& caller, const NeedSecondFactor& ask) {
            set_second_factor_needed(tx, caller.user_id, caller.organization_id, ask.is_needed);
            return http::Nothing();
        },
        {"Ask everybody in the organization for a second factor, or no longer",
            Right::manage_organization,
            "Whoever has none can only set it up from then on. The owner sets up their own first.",
            204});
}

}  // namespace leadcrm::accounts
