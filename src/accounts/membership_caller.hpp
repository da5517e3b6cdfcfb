// From a membership to what its person may do and see: asked for each request, each stream and each
// export, so that they cannot differ.
#pragma once

#include "accounts/role.hpp"
#include "platform/db/session.hpp"

#include <optional>

namespace leadcrm::accounts {

// An owner sees everything. A team lead sees the leads of the teams they lead, those that nobody
// has, and everything while the organization has no teams. An agent sees what `sees` says, and of
// leads that nobody has the contact too, unless an owner says otherwise.
http::Caller caller_of(const db::Reader& db, const UserId& user, const MemberRights& rights,
    const SessionBounds& bounds = {});

// Both: nothing when the person is no member (any more).
std::optional<MemberRights> rights_of_member(const db::Reader& db, const UserId& user);
std::optional<http::Caller> find_caller(const db::Reader& db, const UserId& user);

}  // namespace leadcrm::accounts
