#include "people/people_api.hpp"

#include "accounts/session_cookie.hpp"
#include "people/availability_api.hpp"
#include "people/invitation.hpp"
#include "people/member.hpp"
#include "people/team_api.hpp"
#include "platform/line.hpp"

namespace leadcrm::people {

struct OneInvitation {
    InvitationId id;
};
BOOST_DESCRIBE_STRUCT(OneInvitation, (), (id))

struct InvitationLink {
    std::string link;
};
BOOST_DESCRIBE_STRUCT(InvitationLink, (), (link))

struct FormerMember {
    UserId id;
};
BOOST_DESCRIBE_STRUCT(FormerMember, (), (id))

struct LookAtInvitation {
    Text<1, 100> token;
};
BOOST_DESCRIBE_STRUCT(LookAtInvitation, (), (token))

struct AcceptInvitation {
    Text<1, 100> token;
    std::optional<Line<1, 120>> name;
    std::optional<Password> password;
};
BOOST_DESCRIBE_STRUCT(AcceptInvitation, (), (token, name, password))

namespace {

using http::Call;
using http::Caller;
using http::Nothing;

http::Page<Member> members(const db::PlatformReader& db, const Caller& caller, const Nothing&)
{
    return {list_members(db, caller.organization_id), std::nullopt};
}

http::Page<Invitation> invitations(
    const db::PlatformReader& db, const Caller& caller, const Nothing&)
{
    return {list_invitations(db, caller.organization_id), std::nullopt};
}

http::Answer<http::Page<Invitation>> invite_all(
    db::PlatformTx& tx, const Caller& caller, const Invite& ask)
{
    return {{invite(tx, caller.organization_id, caller.user_id, ask), std::nullopt}, 201, {}};
}

// The name and the password of a newcomer, or nothing of either for whoever is signed in.
accounts::SignedIn accept_as(
    db::Database& database, const Call& call, const AcceptInvitation& ask, bool is_secure)
{
    const auto visitor = accounts::visitor_of(call.request, is_secure);
    if (!ask.name && !ask.password)
        return database.write_platform([&](db::PlatformTx& tx) {
            return accept(tx, ask.token.value, call.caller().user_id, visitor);
        });
    const char* lacking = !ask.name ? "name" : !ask.password ? "password" : nullptr;
    if (lacking) throw Failure::invalid(lacking, "required", "Please fill this in.");
    return accept(database, Newcomer{ask.token.value, *ask.name, *ask.password}, visitor);
}

void add_owner_routes(http::Routes& api, const Surroundings& surroundings)
{
    using http::Right;
    api.read("GET", "/api/v1/members", members,
        {.summary = "List the people of the organization",
            .right = Right::manage_people,
            .for_support = true});
    api.write("PUT", "/api/v1/members/{id}/role",
        [](db::PlatformTx& tx, const Caller& caller, const RoleChange& ask) {
            change_role(tx, caller.organization_id, ask);
            return Nothing();
        },
        {"Give a person another role", Right::manage_people,
            "The person is signed out of the organization. The only owner stays one.", 204});
    api.write("POST", "/api/v1/members/{id}/deactivation",
        [](db::PlatformTx& tx, const Caller& caller, const Deactivation& ask) {
            deactivate(tx, caller.organization_id, caller.user_id, ask);
            return Nothing();
        },
        {"Deactivate a person", Right::manage_people,
            "The person is signed out and can no longer come in. Open leads go to `hand_over_to`, "
            "or to nobody; the leads' history says so.",
            204});
    api.write("DELETE", "/api/v1/members/{id}/deactivation",
        [](db::PlatformTx& tx, const Caller& caller, const FormerMember& ask) {
            reactivate(tx, caller.organization_id, ask.id);
            return Nothing();
        },
        {"Let a person who was deactivated in again", Right::manage_people, "", 204});
    api.read("GET", "/api/v1/invitations", invitations,
        {.summary = "List the invitations that are open",
            .right = Right::manage_people,
            .for_support = true});
    api.write("POST", "/api/v1/invitations", invite_all,
        {"Invite people", Right::manage_people,
            "Each address gets a letter with a link that works once, for seven days. All are "
            "invited, or none: an address that is a member's is named. Answers all that are open.",
            201});
    api.write("POST", "/api/v1/invitations/{id}/letter",
        [](db::PlatformTx& tx, const Caller& caller, const OneInvitation& ask) {
            send_again(tx, caller.organization_id, ask.id);
            return Nothing();
        },
        {"Send an invitation again", Right::manage_people,
            "With a new link for seven days; the one before is worth nothing. Answers 429 after five "
            "letters to an address within a quarter of an hour.",
            204});
    api.write("POST", "/api/v1/invitations/{id}/link",
        [surroundings](db::PlatformTx& tx, const Caller& caller, const OneInvitation& ask) {
            return InvitationLink{
                make_link(tx, caller.organization_id, ask.id, surroundings.public_url)};
        },
        {"Make a link to hand over by oneself", Right::manage_people,
            "Works once, for seven days; the one before is worth nothing, and a letter that still "
            "waits is not sent. Unlike a letter's it does not confirm the address."});
    api.write("DELETE", "/api/v1/invitations/{id}",
        [](db::PlatformTx& tx, const Caller& caller, const OneInvitation& ask) {
            withdraw(tx, caller.organization_id, ask.id);
            return Nothing();
        },
        {"Withdraw an invitation", Right::manage_people, "", 204});
}

}  // namespace

void add_routes(http::Routes& api, db::Database& database, const Surroundings& surroundings)
{
    using http::Right;
    add_owner_routes(api, surroundings);
    add_team_routes(api);
    add_availability_routes(api);
    api.work("POST", "/api/v1/auth/invitation",
        [&database](const Call&, const LookAtInvitation& ask) {
            return database.read_platform(
                [&](db::PlatformReader& db) { return look_at(db, ask.token.value); });
        },
        {"See what an invitation's link leads to", Right::everybody});
    api.work("POST", "/api/v1/auth/invitation/accept",
        [&database, surroundings](const Call& call, const AcceptInvitation& ask) {
            const auto signed_in = accept_as(database, call, ask, surroundings.is_secure);
            const auto cookie = accounts::cookie_name(surroundings.is_secure);
            if (const auto before = call.request.cookie(cookie))
                accounts::sign_out(database, *before);
            return http::Answer<Nothing>{
                {}, 204, accounts::session_cookies(signed_in, surroundings.is_secure)};
        },
        {"Accept an invitation", Right::everybody,
            "Signed in with the invited address: with the token alone. Otherwise with name and "
            "password, which make an account. Signs in there.",
            204});
}

}  // namespace leadcrm::people
