// Asking people into an organization: by a letter with a link, or with a link that the owner hands
// over. Whoever comes with it makes an account, or uses the one with this very address.
//
// A letter shows that its reader has the mailbox, so accepting confirms the address. A link that
// was copied shows nothing of the kind: otherwise an owner could confirm an address of somebody
// else's.
#pragma once

#include "accounts/account.hpp"
#include "accounts/joining.hpp"
#include "platform/db/session.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/line.hpp"
#include "platform/mail/mail.hpp"

#include <boost/describe.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::people {

using InvitationId = Id<"invitation">;

constexpr std::chrono::hours invitation_length{7 * 24};
constexpr std::size_t invitations_max = 50;  // in one request
constexpr std::int64_t pending_max = 500;  // of one organization

struct Invitation {
    InvitationId id;
    std::string email;
    accounts::Role role = accounts::Role::agent;
    std::string invited_by;
    Instant created_at;
    Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(Invitation, (), (id, email, role, invited_by, created_at, expires_at))

// What the holder of a link is shown before accepting.
struct Asked {
    std::string organization;
    accounts::Role role = accounts::Role::agent;
    std::string invited_by;
    std::string email;
};
BOOST_DESCRIBE_STRUCT(Asked, (), (organization, role, invited_by, email))

struct Invite {
    std::vector<Email> emails;
    accounts::Role role = accounts::Role::agent;
};
BOOST_DESCRIBE_STRUCT(Invite, (), (emails, role))

// Invites each address, or none of them. One that is invited already is asked anew, with this role.
// Throws Failure::invalid naming each address that is a member's, conflict when too many are
// open.
std::vector<Invitation> invite(
    db::PlatformTx& tx, const OrganizationId& organization, const UserId& by, const Invite& ask);

// Those that are open, the newest first.
std::vector<Invitation> list_invitations(
    const db::PlatformReader& db, const OrganizationId& organization);

// The three throw Failure::not_found when there is no such invitation.
void send_again(db::PlatformTx& tx, const OrganizationId& organization, const InvitationId& id);
// A new link to hand over; those before are worth nothing.
std::string make_link(db::PlatformTx& tx, const OrganizationId& organization,
    const InvitationId& id, const std::string& public_url);
void withdraw(db::PlatformTx& tx, const OrganizationId& organization, const InvitationId& id);

// The job that writes the letters and sends them. `public_url`: where their links lead to.
void handle_invitations(jobs::Workers& workers, db::Database& database, mail::Post& post,
    const std::string& public_url);

// Throws Failure::not_found when the link is unknown, used, withdrawn or too old.
Asked look_at(const db::PlatformReader& db, const std::string& token, Instant now = Instant::now());

// Somebody signed in accepts. Throws Failure: not_found as above; forbidden when the account has
// another address, or has not confirmed it and the link does not do so.
accounts::SignedIn accept(db::PlatformTx& tx, const std::string& token, const UserId& user,
    const accounts::Visitor& visitor, Instant now = Instant::now());

struct Newcomer {
    std::string token;
    Line<1, 120> name;
    Password password;
};

// Somebody without an account accepts. Blocking. Throws Failure: not_found as above; conflict when
// there is an account to sign in with; too_many.
accounts::SignedIn accept(
    db::Database& database, const Newcomer& ask, const accounts::Visitor& visitor);

// Somebody whom the organization's own issuer vouches for takes up the open invitation of this
// address, with an account of their own; nobody when there is none. Throws Failure: forbidden when
// the address is confirmed by an account, for who has that one the issuer cannot say; conflict when
// the plan has no seat.
std::optional<UserId> join_vouched_for(db::PlatformTx& tx, const OrganizationId& organization,
    const std::string& email, const std::string& name);

}  // namespace leadcrm::people
