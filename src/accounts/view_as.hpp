// "View as…": an owner looks at everything as another member sees it. It belongs to the session, is
// read-only (http::Dispatcher refuses every change), and says nothing about the member's account.
// What is opened meanwhile stands in the audit log as the owner's act.
#pragma once

#include "accounts/account.hpp"
#include "platform/db/session.hpp"
#include "platform/http/right.hpp"

#include <optional>
#include <string>

namespace leadcrm::accounts {

// `token`: of the caller's session. Throws Failure: not_found for somebody who is no member;
// conflict for oneself, for another owner, and when no person's session asks.
void begin_view(
    db::PlatformTx& tx, const http::Caller& caller, const std::string& token, const UserId& member);

// Harmless when there is none.
void end_view(db::PlatformTx& tx, const std::string& token);

// The member as whom this session looks, with `viewer` set. Nothing when it looks as nobody, or as
// somebody who has left or become an owner since: then it is the owner's own again.
std::optional<http::Caller> caller_in_view(
    const db::PlatformReader& db, const LiveSession& session);

}  // namespace leadcrm::accounts
