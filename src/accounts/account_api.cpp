#include "accounts/account_api.hpp"

#include "accounts/account_store.hpp"
#include "accounts/confirmation.hpp"
#include "accounts/device.hpp"
#include "accounts/joining.hpp"
#include "accounts/me.hpp"
#include "accounts/membership_caller.hpp"
#include "accounts/my_sessions_api.hpp"
#include "accounts/new_password_api.hpp"
#include "accounts/organization_facts_api.hpp"
#include "accounts/passkey_api.hpp"
#include "accounts/passkey_sign_in.hpp"
#include "accounts/platform_admin.hpp"
#include "accounts/profile_api.hpp"
#include "accounts/second_factor_api.hpp"
#include "accounts/view_as.hpp"
#include "accounts/view_as_api.hpp"
#include "platform/crypto/crypto.hpp"

namespace leadcrm::accounts {

struct ConfirmEmail {
    Text<1, 100> token;
};
BOOST_DESCRIBE_STRUCT(ConfirmEmail, (), (token))

struct EnterOrganization {
    OrganizationId organization_id;
};
BOOST_DESCRIBE_STRUCT(EnterOrganization, (), (organization_id))

namespace {

std::optional<OrganizationId> organization_of(const http::Caller& caller)
{
    return caller.is_in_organization() ? std::optional(caller.organization_id) : std::nullopt;
}

constexpr std::chrono::minutes seen_every{5};

// Behind the request that is going on: it only reads, and does not wait for this. When the database
// is too busy, the next request notes it.
void note_seen(
    db::Database& database, const std::string& token, const std::optional<Instant>& before)
{
    const auto now = Instant::now();
    if (before && *before + seen_every > now) return;
    try {
        database.start_write([hash = crypto::sha256(token), now](
                                 db::PlatformTx& tx) { store::set_seen(tx, hash, now); },
            [](const std::exception_ptr&) {});
    } catch (const Failure&) {
        return;
    }
}

class SessionCookie {
public:
    SessionCookie(db::Database& database, const Surroundings& surroundings)
        : database_(database), surroundings_(surroundings)
    {
    }

    http::Answer<Me> hand_out(const SignedIn& signed_in, int status) const
    {
        const Visitor visitor{.session_token = signed_in.token};
        return {database_.read_platform([&](db::PlatformReader& db) {
                    const SignedInAs who{signed_in.user_id, signed_in.organization_id, false,
                        passkey_of_session(db, signed_in.user_id, visitor).has_value()};
                    return describe(db, who, surroundings_.sends_mail);
                }),
            status, session_cookies(signed_in, surroundings_.is_secure)};
    }

    // The session that a new one takes the place of.
    void end(const http::Request& request) const
    {
        if (const auto token = request.cookie(cookie_name(surroundings_.is_secure)))
            sign_out(database_, *token);
    }

    http::Answer<http::Nothing> take_back(const http::Request& request) const
    {
        end(request);
        return {{}, 204, {no_session_cookie(surroundings_.is_secure)}};
    }

private:
    db::Database& database_;
    Surroundings surroundings_;
};

}  // namespace

Visitor visitor_of(const http::Request& request, const Surroundings& surroundings)
{
    return visitor_of(request, surroundings.is_secure);
}

std::pair<std::string, std::string> device_cookie(
    const std::string& token, const Surroundings& surroundings)
{
    return device_cookie(token, surroundings.is_secure);
}

http::Authenticator authenticator(db::Database& database)
{
    return [&database](db::PlatformReader& db,
               const http::Credentials& credentials) -> std::optional<http::Caller> {
        const auto member = member_of_session(db, credentials.session_token);
        if (!member) {
            const auto session = find_platform_session(db, credentials.session_token);
            if (!session) return std::nullopt;
            note_seen(database, credentials.session_token, session->seen_at);
            return caller_on_platform(*session);
        }
        note_seen(database, credentials.session_token, member->seen_at);
        if (auto viewed = caller_in_view(db, *member)) return viewed;
        return caller_of(db.in_organization(member->organization_id), member->user_id, *member,
            {member->is_suspended, member->lacks_second_factor, member->is_bound});
    };
}

namespace {

// The secret of a browser that challenges are bound to. Of two tabs it is the same.
std::string browser_token_of(const Visitor& visitor)
{
    constexpr std::size_t token_length = 43;
    const bool is_ours = visitor.passkey_token.size() == token_length
        && crypto::from_base64url(visitor.passkey_token);
    return is_ours ? visitor.passkey_token : crypto::random_token();
}

// Registering, signing in and out.
void add_ways_in(http::Routes& api, db::Database& database, const crypto::Vault& vault,
    const SessionCookie& session, const Surroundings& surroundings, Furnish furnish)
{
    using http::Right;
    const auto party = relying_party(surroundings.public_url);

    api.work("POST", "/api/v1/auth/register",
        [&database, &vault, session, surroundings, furnish, party](
            const http::Call& call, const Registration& ask) {
            const auto signed_in = register_organization(
                database, vault, ask, visitor_of(call.request, surroundings), furnish, party);
            session.end(call.request);
            return session.hand_out(signed_in, 201);
        },
        {"Register an organization with its owner", Right::everybody,
            "Signs the owner in. An e-mail that is known already founds a further organization for "
            "the account whose password it is, and otherwise a new account: nobody learns here "
            "who is known.",
            201});
    api.work("POST", "/api/v1/auth/login",
        [&database, &vault, session, surroundings, party](
            const http::Call& call, const SignIn& ask) {
            const auto signed_in =
                sign_in(database, vault, ask, visitor_of(call.request, surroundings), party);
            session.end(call.request);
            return session.hand_out(signed_in, 200);
        },
        {"Sign in", Right::everybody,
            "For an account with a second factor, the answer is 422 with a `required` code while "
            "none was sent along. A recovery code serves as well, and so does a passkey where the "
            "answer names that field too."});
    api.work("POST", "/api/v1/auth/passkey/challenge",
        [&database, surroundings, party](const http::Call& call, const http::Nothing&) {
            const auto visitor = visitor_of(call.request, surroundings);
            const auto browser = browser_token_of(visitor);
            return http::Answer<PasskeyQuestion>{ask_for_passkey(database, party, browser, visitor),
                200, {passkey_cookie(browser, surroundings.is_secure)}};
        },
        {"Begin to use a passkey", Right::everybody,
            "Answers with what `navigator.credentials.get()` is given. The challenge is for this "
            "browser, for five minutes, once."});
    api.work("POST", "/api/v1/auth/passkey",
        [&database, session, surroundings, party](
            const http::Call& call, const PasskeyAnswer& ask) {
            const auto signed_in =
                sign_in_with_passkey(database, party, ask, visitor_of(call.request, surroundings));
            session.end(call.request);
            return session.hand_out(signed_in, 200);
        },
        {"Sign in with a passkey", Right::everybody,
            "All members are base64url. A passkey is both factors: no code is asked for."});
    api.work("POST", "/api/v1/auth/logout",
        [session](const http::Call& call, const http::Nothing&) {
            return session.take_back(call.request);
        },
        {"Sign out", Right::everybody, "Ends this session. Harmless when there is none.", 204});
}

// From one organization to another, or to where the service is operated.
void add_changes_of_place(http::Routes& api, db::Database& database, const SessionCookie& session,
    const Surroundings& surroundings)
{
    using http::Right;
    api.work("POST", "/api/v1/me/organization",
        [&database, session, surroundings](const http::Call& call, const EnterOrganization& ask) {
            const auto visitor = visitor_of(call.request, surroundings);
            const auto entered = database.write_platform([&](db::PlatformTx& tx) {
                return enter(tx, call.caller().user_id, ask.organization_id, visitor);
            });
            session.end(call.request);
            return session.hand_out(entered, 200);
        },
        {"Go on in another of one's organizations", Right::own_account,
            "The session goes on there under a new token; the old one is worth nothing."});
    api.work("POST", "/api/v1/me/platform",
        [&database, session, surroundings](const http::Call& call, const http::Nothing&) {
            const auto visitor = visitor_of(call.request, surroundings);
            const auto entered = database.write_platform([&](db::PlatformTx& tx) {
                return enter_platform(tx, call.caller().user_id, visitor);
            });
            session.end(call.request);
            return session.hand_out(entered, 200);
        },
        {"Go on where the service is operated", Right::own_account,
            "For platform admins. The session goes on under a new token, in no organization."});
}

}  // namespace

void add_routes(http::Routes& api, db::Database& database, const crypto::Vault& vault,
    const Surroundings& surroundings, Furnish furnish)
{
    using http::Right;
    const SessionCookie session(database, surroundings);

    add_ways_in(api, database, vault, session, surroundings, std::move(furnish));
    api.work("POST", "/api/v1/auth/confirm-email",
        [&database](const http::Call&, const ConfirmEmail& ask) {
            database.write_platform(
                [&](db::PlatformTx& tx) { confirm_email(tx, ask.token.value); });
            return http::Nothing();
        },
        {"Confirm an e-mail address", Right::everybody,
            "With the token from the link of the letter, which works once.", 204});
    api.write("POST", "/api/v1/me/confirmation-letter",
        [](db::PlatformTx& tx, const http::Caller& caller, const http::Nothing&) {
            if (const auto user = store::find_user(tx, caller.user_id))
                order_confirmation(tx, *user);
            return http::Nothing();
        },
        {"Send the letter that confirms one's own address once more", Right::own_account,
            "After five letters within a quarter of an hour no more is sent.", 204});
    api.work("GET", "/api/v1/me",
        [&database, surroundings](const http::Call& call, const http::Nothing&) {
            const auto visitor = visitor_of(call.request, surroundings);
            return database.read_platform([&](db::PlatformReader& db) {
                const auto& caller = call.caller();
                auto me = describe(db,
                    {caller.user_id, organization_of(caller),
                        !caller.rights.has(Right::own_account),
                        passkey_of_session(db, caller.user_id, visitor).has_value()},
                    surroundings.sends_mail);
                show_to_viewer(me, db, caller);
                return me;
            });
        },
        {.summary = "Who is signed in, where, and what they may do",
            .description = "`viewer`: the owner who looks as this person, and changes nothing. "
                           "`is_support`: one of the operator's people looks, and changes nothing. "
                           "Without `organization` the service itself is operated.",
            .while_viewing = true});
    add_changes_of_place(api, database, session, surroundings);
    add_profile_routes(api, database, vault, surroundings);
    add_password_routes(api, database, vault, surroundings);
    add_second_factor_routes(api, database, vault, surroundings);
    add_passkey_routes(api, database, vault, surroundings);
    add_session_routes(api, database, surroundings);
    add_organization_routes(api);
    add_view_routes(api, database, cookie_name(surroundings.is_secure));
}

}  // namespace leadcrm::accounts
