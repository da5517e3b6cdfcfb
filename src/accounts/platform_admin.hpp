// Who operates the service from a browser: accounts that its command line has named. Signed in on
// the platform, a session is in no organization, and its rights (role.hpp) open nothing of any. How
// one of them looks into an organization whose owner lets them: support_access/.
#pragma once

#include "accounts/sign_in.hpp"
#include "platform/http/right.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace leadcrm::accounts {

struct PlatformAdmin {
    UserId id;
    std::string name;
    std::string email;
    bool has_second_factor = false;
    Instant since;
};
BOOST_DESCRIBE_STRUCT(PlatformAdmin, (), (id, name, email, has_second_factor, since))

// The longest first.
std::vector<PlatformAdmin> list_platform_admins(const db::PlatformReader& db);
bool is_platform_admin(const db::PlatformReader& db, const UserId& user);

// The account that has confirmed the address, or a new one: whoever only registered with the
// address may be anybody. Naming it twice is harmless. Returns the account.
User appoint_platform_admin(
    db::PlatformTx& tx, const std::string& email, const std::optional<std::string>& name);

// Signs the person out of the platform; the account stays, since audit logs name it. False when
// nobody with the address is one.
bool dismiss_platform_admin(db::PlatformTx& tx, const std::string& email);

// A session on the platform. Throws Failure::forbidden for everybody else.
SignedIn enter_platform(db::PlatformTx& tx, const UserId& user, const Visitor& visitor);

// What a platform admin's session stands for: the platform, or an organization by a grant.
struct PlatformSession {
    UserId user_id;
    std::optional<OrganizationId> organization_id;
    std::optional<SupportGrantId> support_grant_id;
    std::optional<Instant> seen_at;
    bool lacks_second_factor = false;
};
BOOST_DESCRIBE_STRUCT(
    PlatformSession, (), (user_id, organization_id, support_grant_id, seen_at, lacks_second_factor))

// Nothing for a member's session, and for whoever is no platform admin any more.
std::optional<PlatformSession> find_platform_session(
    const db::PlatformReader& db, const std::string& token, Instant now = Instant::now());

// On the platform, whatever the session's grant.
http::Caller caller_on_platform(const PlatformSession& session);

}  // namespace leadcrm::accounts
