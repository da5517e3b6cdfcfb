#include "accounts/account_api.hpp"

#include "accounts/account_store.hpp"
#include "accounts/confirmation.hpp"
#include "accounts/device.hpp"
#include "accounts/email_change.hpp"
#include "accounts/joining.hpp"
#include "accounts/membership_caller.hpp"
#include "accounts/my_sessions_api.hpp"
#include "accounts/new_password_api.hpp"
#include "accounts/platform_admin.hpp"
#include "accounts/profile_api.hpp"
#include "accounts/second_factor.hpp"
#include "accounts/second_factor_api.hpp"
#include "accounts/view_as.hpp"
#include "accounts/view_as_api.hpp"
#include "platform/crypto/crypto.hpp"

namespace leadcrm::accounts {

struct MyUser {
    UserId id;
    std::string name;
    std::string email;
    bool is_email_confirmed = false;
    bool has_second_factor = false;
    std::optional<std::string> phone;  // E.164
    std::optional<std::string> pending_email;  // takes the place of `email` when it is confirmed
    std::optional<Language> language;  // none: as the browser says
    std::optional<std::string> time_zone;  // none: as the browser says
};
BOOST_DESCRIBE_STRUCT(MyUser, (),
    (id, name, email, is_email_confirmed, has_second_factor, phone, pending_email, language,
        time_zone))

struct ConfirmEmail {
    Text<1, 100> token;
};
BOOST_DESCRIBE_STRUCT(ConfirmEmail, (), (token))

struct EnterOrganization {
    OrganizationId organization_id;
};
BOOST_DESCRIBE_STRUCT(EnterOrganization, (), (organization_id))

struct MyOrganization {
    OrganizationId id;
    std::string name;
    std::optional<std::string> country;
    std::string time_zone;
    std::optional<std::string> suspension;  // why the operator lets nobody work in it
    bool needs_second_factor = false;
};
BOOST_DESCRIBE_STRUCT(
    MyOrganization, (), (id, name, country, time_zone, suspension, needs_second_factor))

// Who looks as `Me::user`: an owner, or support, who is the user.
struct Viewer {
    UserId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Viewer, (), (id, name))

struct Me {
    MyUser user;
    std::optional<MyOrganization> organization;  // none, nor a role: on the platform
    std::optional<Role> role;
    std::optional<Instant> paused_at;  // takes no new leads since then
    std::vector<http::Right> rights;
    std::vector<store::MembershipName> organizations;
    std::optional<Viewer> viewer;
    bool is_support = false;  // looks into the organization, whose owner lets them
    bool is_platform_admin = false;
    bool sends_mail = false;  // letters reach people from this server
};
BOOST_DESCRIBE_STRUCT(Me, (),
    (user, organization, role, paused_at, rights, organizations, viewer, is_support,
        is_platform_admin, sends_mail))

namespace {

std::vector<http::Right> named(http::Rights rights)
{
    std::vector<http::Right> names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<http::Right>>([&](auto right) {
        if (right.value != http::Right::everybody && rights.has(right.value))
            names.push_back(right.value);
    });
    return names;
}

// In a bound session nothing of the account is told that its other organizations brought along.
void leave_out_the_account(Me& me)
{
    me.user.phone.reset();
    me.user.pending_email.reset();
    me.is_platform_admin = false;
    std::erase_if(
        me.organizations, [&](const auto& each) { return each.id != me.organization->id; });
}

Me describe_account(
    const db::PlatformReader& db, const UserId& user_id, const Surroundings& surroundings)
{
    const auto user = store::find_user(db, user_id);
    if (!user) throw Failure::signed_out("Please sign in again.");
    Me me;
    me.user = {user->id, user->name, user->email, user->email_confirmed_at.has_value(),
        second_factor_of(db, user_id).since.has_value(), user->phone, pending_email(db, user_id),
        user->language, user->time_zone};
    me.organizations = store::memberships_of(db, user_id);
    me.is_platform_admin = is_platform_admin(db, user_id);
    me.sends_mail = surroundings.sends_mail;
    return me;
}

Me describe_in_organization(const db::PlatformReader& db, const UserId& user_id,
    const OrganizationId& in, const Surroundings& surroundings, bool is_bound)
{
    auto me = describe_account(db, user_id, surroundings);
    const auto organization = store::find_organization(db, in);
    if (!organization) throw Failure::signed_out("Please sign in again.");
    me.organization = {organization->id, organization->name, organization->country,
        organization->time_zone, store::find_suspension(db, in), organization->needs_second_factor};
    me.paused_at = store::find_pause(db, in, user_id);
    if (is_bound) leave_out_the_account(me);
    const auto member = rights_of_member(db.in_organization(in), user_id).value_or(MemberRights{});
    me.role = member.role;
    const bool lacks_second_factor =
        me.organization->needs_second_factor && !me.user.has_second_factor && !is_bound;
    me.rights = named(rights_in(
        {me.organization->suspension.has_value(), lacks_second_factor, is_bound}, member));
    return me;
}

Me describe(const db::PlatformReader& db, const UserId& user_id,
    const std::optional<OrganizationId>& in, const Surroundings& surroundings,
    bool is_bound = false)
{
    if (in) return describe_in_organization(db, user_id, *in, surroundings, is_bound);
    auto me = describe_account(db, user_id, surroundings);
    me.rights = named(rights_on_platform(!me.user.has_second_factor));
    return me;
}

// What a viewer sees of somebody is their work here, not their account. How it is written is the
// viewer's own: somebody else's language would not help them.
void show_to_viewer(Me& me, const db::PlatformReader& db, const http::Caller& caller)
{
    if (!caller.viewer) return;
    const auto viewer = store::find_user(db, *caller.viewer);
    if (!viewer) throw Failure::signed_out("Please sign in again.");
    me.viewer = Viewer{viewer->id, viewer->name};
    me.user.language = viewer->language;
    me.user.time_zone = viewer->time_zone;
    me.is_support = caller.is_support;
    if (me.is_support) me.role = Role::owner;
    me.is_platform_admin = false;
    me.rights = named(caller.rights);
    me.user.phone.reset();
    me.user.pending_email.reset();
    me.user.has_second_factor = false;
    std::erase_if(
        me.organizations, [&](const auto& each) { return each.id != me.organization->id; });
}

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
        return {database_.read_platform([&](db::PlatformReader& db) {
                    return describe(
                        db, signed_in.user_id, signed_in.organization_id, surroundings_);
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

    api.work("POST", "/api/v1/auth/register",
        [&database, &vault, session, surroundings, furnish](
            const http::Call& call, const Registration& ask) {
            const auto signed_in = register_organization(
                database, vault, ask, visitor_of(call.request, surroundings), furnish);
            session.end(call.request);
            return session.hand_out(signed_in, 201);
        },
        {"Register an organization with its owner", Right::everybody,
            "Signs the owner in. An e-mail that is known already founds a further organization for "
            "the account whose password it is, and otherwise a new account: nobody learns here "
            "who is known.",
            201});
    api.work("POST", "/api/v1/auth/login",
        [&database, &vault, session, surroundings](const http::Call& call, const SignIn& ask) {
            const auto signed_in =
                sign_in(database, vault, ask, visitor_of(call.request, surroundings));
            session.end(call.request);
            return session.hand_out(signed_in, 200);
        },
        {"Sign in", Right::everybody,
            "For an account with a second factor, the answer is 422 with a `required` code while "
            "none was sent along. A recovery code serves as well."});
    api.work("POST", "/api/v1/auth/logout",
        [session](const http::Call& call, const http::Nothing&) {
            return session.take_back(call.request);
        },
        {"Sign out", Right::everybody, "Ends this session. Harmless when there is none.", 204});
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
            return database.read_platform([&](db::PlatformReader& db) {
                const auto& caller = call.caller();
                auto me = describe(db, caller.user_id, organization_of(caller), surroundings,
                    !caller.rights.has(Right::own_account));
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
    add_profile_routes(api, database, surroundings);
    add_password_routes(api, database, surroundings);
    add_second_factor_routes(api, database, vault, surroundings);
    add_session_routes(api, database, surroundings);
    add_view_routes(api, database, cookie_name(surroundings.is_secure));
}

}  // namespace leadcrm::accounts
