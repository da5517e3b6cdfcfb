// "Who am I": what somebody who is signed in is told of themselves, and where they are.
#pragma once

#include "accounts/account_store.hpp"
#include "platform/http/right.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace leadcrm::accounts {

struct MyUser {
    UserId id;
    std::string name;
    std::string email;
    bool is_email_confirmed = false;
    bool has_second_factor = false;  // an app that gives codes
    bool has_passkeys = false;
    std::optional<std::string> phone;  // E.164
    std::optional<std::string> pending_email;  // takes the place of `email` when it is confirmed
    std::optional<Language> language;  // none: as the browser says
    std::optional<std::string> time_zone;  // none: as the browser says
};
BOOST_DESCRIBE_STRUCT(MyUser, (),
    (id, name, email, is_email_confirmed, has_second_factor, has_passkeys, phone, pending_email,
        language, time_zone))

struct MyOrganization {
    OrganizationId id;
    std::string name;
    std::optional<std::string> country;
    std::string time_zone;
    std::optional<std::string> suspension;  // why the operator lets nobody work in it
    bool needs_second_factor = false;
    std::int64_t session_hours = 0;  // after so many one signs in anew
    std::int64_t version = 1;  // of name, country and time zone
};
BOOST_DESCRIBE_STRUCT(MyOrganization, (),
    (id, name, country, time_zone, suspension, needs_second_factor, session_hours, version))

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
    bool lacks_second_factor = false;  // which is asked for here: nothing else before it
    bool is_support = false;  // looks into the organization, whose owner lets them
    bool is_platform_admin = false;
    bool sends_mail = false;  // letters reach people from this server
};
BOOST_DESCRIBE_STRUCT(Me, (),
    (user, organization, role, paused_at, rights, organizations, viewer, lacks_second_factor,
        is_support, is_platform_admin, sends_mail))

// Who is told, and how their session was opened.
struct SignedInAs {
    UserId user_id;
    std::optional<OrganizationId> in;  // none: on the platform
    bool is_bound = false;
    bool is_by_passkey = false;
};

// Throws Failure::signed_out for somebody who is not there any more. `sends_mail`: of this server.
Me describe(const db::PlatformReader& db, const SignedInAs& who, bool sends_mail);

// For somebody who looks as another person; nothing for others.
void show_to_viewer(Me& me, const db::PlatformReader& db, const http::Caller& caller);

}  // namespace leadcrm::accounts
