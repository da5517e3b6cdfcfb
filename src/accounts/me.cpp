#include "accounts/me.hpp"

#include "accounts/email_change.hpp"
#include "accounts/membership_caller.hpp"
#include "accounts/passkey.hpp"
#include "accounts/platform_admin.hpp"
#include "accounts/second_factor.hpp"
#include "accounts/session_length.hpp"

namespace leadcrm::accounts {
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
    me.user.has_passkeys = false;
    me.is_platform_admin = false;
    std::erase_if(
        me.organizations, [&](const auto& each) { return each.id != me.organization->id; });
}

Me describe_account(const db::PlatformReader& db, const UserId& user_id, bool sends_mail)
{
    const auto user = store::find_user(db, user_id);
    if (!user) throw Failure::signed_out("Please sign in again.");
    Me me;
    me.user = {user->id, user->name, user->email, user->email_confirmed_at.has_value(),
        second_factor_of(db, user_id).since.has_value(), has_passkeys(db, user_id), user->phone,
        pending_email(db, user_id), user->language, user->time_zone};
    me.organizations = store::memberships_of(db, user_id);
    me.is_platform_admin = is_platform_admin(db, user_id);
    me.sends_mail = sends_mail;
    return me;
}

void describe_in_organization(Me& me, const db::PlatformReader& db, const SignedInAs& who)
{
    const auto organization = store::find_organization(db, *who.in);
    if (!organization) throw Failure::signed_out("Please sign in again.");
    me.organization = {organization->id, organization->name, organization->country,
        organization->time_zone, store::find_suspension(db, *who.in),
        organization->needs_second_factor, session_length_in(db, *who.in).count(),
        organization->version};
    me.paused_at = store::find_pause(db, *who.in, who.user_id);
    if (who.is_bound) leave_out_the_account(me);
    const auto member =
        rights_of_member(db.in_organization(*who.in), who.user_id).value_or(MemberRights{});
    me.role = member.role;
    me.lacks_second_factor = me.organization->needs_second_factor && !me.user.has_second_factor
        && !who.is_by_passkey && !who.is_bound;
    me.rights = named(rights_in(
        {me.organization->suspension.has_value(), me.lacks_second_factor, who.is_bound}, member));
}

}  // namespace

Me describe(const db::PlatformReader& db, const SignedInAs& who, bool sends_mail)
{
    auto me = describe_account(db, who.user_id, sends_mail);
    if (who.in) {
        describe_in_organization(me, db, who);
        return me;
    }
    me.lacks_second_factor = !me.user.has_second_factor && !who.is_by_passkey;
    me.rights = named(rights_on_platform(me.lacks_second_factor));
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
    me.user.has_passkeys = false;
    me.lacks_second_factor = false;
    std::erase_if(
        me.organizations, [&](const auto& each) { return each.id != me.organization->id; });
}

}  // namespace leadcrm::accounts
