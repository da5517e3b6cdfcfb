// The operator's people ask an organization's owners to let them look, and say at what. Owners
// grant it (support_grant.hpp), for as long as they like, or decline; both answer the request, and
// whoever asked gets a letter. Over HTTP: support_access_api.hpp.
#pragma once

#include "accounts/account.hpp"
#include "platform/db/database.hpp"
#include "platform/http/right.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/mail.hpp"

#include <boost/describe.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace leadcrm::support_access {

using SupportRequestId = Id<"request">;

BOOST_DEFINE_ENUM_CLASS(SupportAnswer, granted, declined, withdrawn)

constexpr std::chrono::hours request_lasts{7 * 24};

struct SupportRequest {
    SupportRequestId id;
    UserId asked_by;
    Instant asked_at;
    Instant expires_at;
    std::string reason;
    std::optional<SupportAnswer> answer;
    std::optional<UserId> answered_by;
    std::optional<Instant> answered_at;

    bool is_open(Instant now) const { return !answer && expires_at > now; }
};
BOOST_DESCRIBE_STRUCT(SupportRequest, (),
    (id, asked_by, asked_at, expires_at, reason, answer, answered_by, answered_at))

std::optional<SupportRequest> newest_request(const db::Reader& db);
// The one that owners may still answer.
std::optional<SupportRequest> open_request(const db::Reader& db, Instant now = Instant::now());

// Owners get a letter. Throws Failure: not_found when there is no such organization, conflict while
// a request is open, support may look already, or the organization is suspended or being deleted.
SupportRequest request_support(db::PlatformTx& tx, const http::Caller& admin,
    const OrganizationId& organization, const std::string& reason, Instant now = Instant::now());
// Throws Failure::not_found when none is open.
void withdraw_request(db::PlatformTx& tx, const http::Caller& admin,
    const OrganizationId& organization, Instant now = Instant::now());
// Throws Failure::not_found when none is open.
void decline_request(db::Tx& tx, const http::Caller& owner, Instant now = Instant::now());
// Whatever is open is answered by a grant.
void answer_by_grant(db::Tx& tx, const http::Caller& owner, Instant now);

void handle_request_letters(jobs::Workers& workers, db::Database& database, mail::Post& post,
    const std::string& public_url);

}  // namespace leadcrm::support_access
