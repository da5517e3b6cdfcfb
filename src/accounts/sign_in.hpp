// Registering an organization with its owner, signing in and out. Blocking (password hashing takes
// about a tenth of a second by design), so it runs on the CPU pool.
#pragma once

#include "accounts/account.hpp"
#include "accounts/passkey_answer.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"
#include "platform/line.hpp"

#include <functional>
#include <optional>
#include <string>

namespace leadcrm::accounts {

struct Registration {
    Line<1, 120> organization_name;
    Line<1, 120> name;
    Email email;
    Password password;
    std::optional<Text<3, 40>> phone;
    std::optional<Country> country;
    std::optional<TimeZone> time_zone;
    std::optional<Text<1, 40>> code;  // for a known account that has a second factor
    std::optional<PasskeyAnswer> passkey;  // in place of the code
};
BOOST_DESCRIBE_STRUCT(Registration, (),
    (organization_name, name, email, password, phone, country, time_zone, code, passkey))

struct SignIn {
    Email email;
    Text<1, 1000> password;  // whatever was typed: its rules were asked when it was chosen
    std::optional<Text<1, 40>> code;  // of the second factor, or a recovery code
    std::optional<PasskeyAnswer> passkey;  // in place of the code
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (email, password, code, passkey))

// What is given besides the password.
struct SecondProof {
    const std::optional<Text<1, 40>>& code;
    const std::optional<PasskeyAnswer>& passkey;
};

struct RememberedDevice;

struct SignedIn {
    std::string token;  // for the cookie; stored only as a hash
    std::string device_token;  // for the other cookie: device.hpp; empty: as it is
    UserId user_id;
    std::optional<OrganizationId> organization_id;  // none: on the platform
};

// What every new organization begins with (stages, search), in the same transaction.
using Furnish = std::function<void(db::Tx&)>;

// A known e-mail with the password of one of its accounts founds a further organization for that
// account. With any other password it founds a new account, which has nothing to do with the
// others: an address belongs to nobody until it is confirmed, and nobody learns here that it is
// known. Throws Failure: invalid for a phone number that is none, an easily guessed password, or as
// sign_in() for a second factor; too_many.
SignedIn register_organization(db::Database& database, const crypto::Vault& vault,
    const Registration& ask, const Visitor& visitor, const Furnish& furnish,
    const RelyingParty& party = {});

// Into the account's oldest organization that a password opens; for a platform admin who has none,
// onto the platform.
// A device that has not signed in to the account before is told of by a letter. Throws Failure:
// signed_out with the same words and after the same time whether the account is
// unknown or the password wrong; invalid, with the code `required` or
// `wrong`, when the account has a second factor (check_second_proof()); forbidden when all its
// organizations let their people in only by the company's account; too_many.
SignedIn sign_in(db::Database& database, const crypto::Vault& vault, const SignIn& ask,
    const Visitor& visitor, const RelyingParty& party = {});

// Where somebody may go who has shown who they are.
struct Doors {
    bool is_known = false;  // anywhere
    bool is_admin = false;  // of the platform
    bool is_closed = false;  // in an organization that is being deleted for good
    std::vector<OrganizationId> open;  // the one opened last first, then the oldest
};
Doors doors_of(const db::PlatformReader& db, const UserId& user);
// Throws Failure::forbidden when the company's account is the only way, or what there was is being
// deleted.
void must_be_open(const Doors& doors);
// The session, and what goes with every sign-in: the letter about a new device, and tidying up.
SignedIn let_in(db::PlatformTx& tx, const User& user, const Doors& doors, const Visitor& visitor,
    const std::optional<PasskeyId>& passkey);

// When the person showed who they are, and by which passkey.
struct Proven {
    std::optional<PasskeyId> passkey = std::nullopt;
    Instant at = Instant::now();
};
// As the visitor's session says: one that takes its place is worth as much, and lasts as long.
Proven proven_before(const db::PlatformReader& db, const UserId& user, const Visitor& visitor);

// A session of the account in one of its organizations, from a device just remembered.
SignedIn open_session(db::PlatformTx& tx, const UserId& user, const OrganizationId& organization,
    const Visitor& visitor, const RememberedDevice& device, const Proven& proven = {});

// Of a platform admin, in no organization; or, by a grant, looking into one.
SignedIn open_platform_session(db::PlatformTx& tx, const UserId& user, const Visitor& visitor,
    const RememberedDevice& device, const Proven& proven = {});
SignedIn open_support_session(db::PlatformTx& tx, const UserId& user,
    const OrganizationId& organization, const SupportGrantId& grant, const Visitor& visitor,
    const RememberedDevice& device, const Proven& proven = {});

// By which the visitor's session was opened.
std::optional<PasskeyId> passkey_of_session(
    const db::PlatformReader& db, const UserId& user, const Visitor& visitor);

// One that is worth nothing in the account's other organizations, nor for the account itself; so
// the device does not become known to the account either.
SignedIn open_bound_session(db::PlatformTx& tx, const UserId& user,
    const OrganizationId& organization, const Visitor& visitor);

void sign_out(db::Database& database, const std::string& token);

// Who a session's token stands for, and when it was last seen; nobody when it is unknown or
// expired.
std::optional<LiveSession> member_of_session(
    const db::PlatformReader& db, const std::string& token, Instant now = Instant::now());

}  // namespace leadcrm::accounts
