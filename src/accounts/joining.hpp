// How a person gets into an organization that somebody else founded. Who is asked in:
// people/invitation.hpp.
#pragma once

#include "accounts/sign_in.hpp"
#include "platform/line.hpp"

namespace leadcrm::accounts {

struct NewAccount {
    Email email;
    Line<1, 120> name;
    Password password;
};

// An account that is not stored yet, its password hashed (blocking). Throws Failure: invalid when
// the password is easily guessed; too_many; conflict when there is an account with this address and
// password, which should sign in instead.
User prepare_account(db::Database& database, const NewAccount& ask, const Visitor& visitor);

// Stores it. `is_own_address`: the address is confirmed by what brought the person here; throws
// Failure::conflict when another account has confirmed it. Otherwise a letter asks.
void open_account(db::PlatformTx& tx, User user, bool is_own_address);

// For somebody whom an organization's issuer vouches for. Its word is good in that organization
// alone, so it confirms no address.
User open_account_without_password(
    db::PlatformTx& tx, const std::string& email, const std::string& name);

// Some account has confirmed that this address is its own.
bool is_taken(const db::PlatformReader& db, const std::string& email);
std::optional<User> find_account(const db::PlatformReader& db, const UserId& id);
void confirm_address(db::PlatformTx& tx, const User& user);

// A session of a member. Throws Failure: not_found when the person is none; forbidden when the
// organization lets people in only by the company's account.
SignedIn enter(db::PlatformTx& tx, const UserId& user, const OrganizationId& organization,
    const Visitor& visitor);
// One that holds in this organization only: its issuer vouched for the person.
SignedIn enter_bound(db::PlatformTx& tx, const UserId& user, const OrganizationId& organization,
    const Visitor& visitor);

// Makes the person a member; whoever is one keeps the role.
void join(db::PlatformTx& tx, const UserId& user, const OrganizationId& organization, Role role);

}  // namespace leadcrm::accounts
