// Who uses the service: organizations, users, the memberships between them, and the sessions they
// sign in with. Signing up and in: sign_in.hpp. Over HTTP: account_api.hpp.
#pragma once

#include "accounts/role.hpp"
#include "letters/reader.hpp"
#include "platform/db/value.hpp"
#include "platform/fields.hpp"
#include "platform/id.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::accounts {

struct Organization {
    OrganizationId id;
    std::string name;
    std::optional<std::string> country;  // numbers without a country code are read as its own
    std::string time_zone;
    Instant created_at;
    bool needs_second_factor = false;  // of everybody in it
    std::int64_t version = 1;  // of name, country and time zone
};
BOOST_DESCRIBE_STRUCT(
    Organization, (), (id, name, country, time_zone, created_at, needs_second_factor, version))

using letters::Language;

// An address belongs to nobody until it is confirmed: until then others may have the same one.
struct User {
    UserId id;
    std::string email;
    std::optional<Instant> email_confirmed_at;
    std::string name;
    std::optional<std::string> phone;  // E.164
    std::string password_hash;  // with the salt of the address
    Instant created_at;
    std::optional<Language> language = std::nullopt;  // none: as the browser says
    std::optional<std::string> time_zone = std::nullopt;  // none: as the browser says
};
BOOST_DESCRIBE_STRUCT(User, (),
    (id, email, email_confirmed_at, name, phone, password_hash, created_at, language, time_zone))

struct Membership {
    UserId user_id;
    OrganizationId organization_id;
    Role role = Role::agent;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(Membership, (), (user_id, organization_id, role, created_at))

using DeviceId = Id<"device">;
using SupportGrantId = Id<"support">;
using PasskeyId = Id<"passkey">;

// Only the hash of the token is stored: a stolen database signs nobody in.
struct Session {
    db::Blob token_hash;
    UserId user_id;
    std::optional<OrganizationId> organization_id;  // none: platform_admin.hpp
    Instant created_at;
    Instant expires_at;
    std::string address;
    std::string user_agent;
    std::optional<DeviceId> device_id;
    std::optional<Instant> seen_at;
    bool is_bound = false;  // to its organization, whose issuer vouched for the person: ADR 15
    // By which a platform admin looks into the organization: support_access/.
    std::optional<SupportGrantId> support_grant_id;
    // By which it was opened, or which was added in it: it has a second factor by itself.
    std::optional<PasskeyId> passkey_id;
};
BOOST_DESCRIBE_STRUCT(Session, (),
    (token_hash, user_id, organization_id, created_at, expires_at, address, user_agent, device_id,
        seen_at, is_bound, support_grant_id, passkey_id))

// What a member's session stands for that has not ended.
struct LiveSession : MemberRights {
    UserId user_id;
    OrganizationId organization_id;
    std::optional<Instant> seen_at;
    std::optional<UserId> viewing_as;  // view_as.hpp
    bool is_suspended = false;  // the organization, by the operator
    bool lacks_second_factor = false;  // the organization needs one, and none was shown
    bool is_bound = false;
};
BOOST_DESCRIBE_STRUCT(LiveSession, (MemberRights),
    (user_id, organization_id, seen_at, viewing_as, is_suspended, lacks_second_factor, is_bound))

// Where a request came from. Address and browser are kept with the session, so that a person can
// recognise it.
struct Visitor {
    std::string address;
    std::string user_agent;
    std::string device_token;  // of the device's cookie; empty when it has none
    std::string session_token;  // of the session that asks; empty when there is none
    std::string passkey_token;  // of the cookie that challenges are bound to: passkey_challenge.hpp
    std::optional<Language> browser_language = std::nullopt;
};

}  // namespace leadcrm::accounts
