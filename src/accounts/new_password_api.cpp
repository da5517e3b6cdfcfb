#include "accounts/new_password_api.hpp"

#include "accounts/new_password.hpp"

namespace leadcrm::accounts {

void add_password_routes(http::Routes& api, db::Database& database, const crypto::Vault& vault,
    const Surroundings& surroundings)
{
    using http::Right;
    const Reauthentication reauthentication(database, vault, surroundings);
    api.work("POST", "/api/v1/auth/password-letter",
        [&database, surroundings](const http::Call& call, const ForgottenPassword& ask) {
            order_reset(database, ask, visitor_of(call.request, surroundings));
            return http::Nothing();
        },
        {"Have a letter sent that sets a new password", Right::everybody,
            "The answer is the same whether somebody has the address or nobody. While no account "
            "has confirmed it, the letter is the one that confirms it.",
            204});
    api.work("POST", "/api/v1/auth/password",
        [&database, surroundings](const http::Call& call, const NewPassword& ask) {
            const auto device =
                set_new_password(database, ask, visitor_of(call.request, surroundings));
            return http::Answer<http::Nothing>{{}, 204, {device_cookie(device, surroundings)}};
        },
        {"Set a new password", Right::everybody,
            "With the token from the link of the letter, which works once. Ends every session of "
            "the account and signs nobody in.",
            204});
    api.work("PUT", "/api/v1/me/password",
        [&database, reauthentication, surroundings](
            const http::Call& call, const PasswordChange& ask) {
            change_password(database, reauthentication.demand(call, ask), ask.new_password,
                call.request.cookie(cookie_name(surroundings.is_secure)).value_or(""),
                visitor_of(call.request, surroundings), [&](auto& tx) { call.record(tx); });
            return http::Nothing();
        },
        {"Change one's own password", Right::own_account,
            "Asks for the old one, and for a code or a passkey of whoever has a second factor. Ends "
            "every other session of the account.",
            204});
}

}  // namespace leadcrm::accounts
