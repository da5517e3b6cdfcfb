// One of the operator's people looks into an organization by its owner's grant. A visit is a
// session of its own, so that leaving, or looking elsewhere, ends whatever was open by the one
// before.
#pragma once

#include "accounts/sign_in.hpp"
#include "platform/http/dispatcher.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/mail.hpp"

#include <string>

namespace leadcrm::support_access {

// The owners get a letter the first time in a grant. Throws Failure: forbidden without a live
// grant, not_found when there is no such organization, conflict while it is suspended or being
// deleted.
accounts::SignedIn visit(db::PlatformTx& tx, const UserId& admin,
    const OrganizationId& organization, const accounts::Visitor& visitor,
    Instant now = Instant::now());

// Sessions of `people`, and visits while their grant lasts: as soon as it does not, or the
// organization is suspended or being deleted, the session is on the platform again.
http::Authenticator with_visits(http::Authenticator people);

void handle_visit_letters(jobs::Workers& workers, db::Database& database, mail::Post& post,
    const std::string& public_url);

}  // namespace leadcrm::support_access
