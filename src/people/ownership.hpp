// Passing on an organization: a member becomes its owner, and the one who was becomes what they
// choose. Asks for what a stolen session has not got, and both get a letter.
#pragma once

#include "accounts/proof.hpp"
#include "platform/db/database.hpp"
#include "platform/http/routes.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/mail.hpp"

namespace leadcrm::people {

BOOST_DEFINE_ENUM_CLASS(FormerOwner, team_lead, agent)

struct PassOn : accounts::Proof {
    UserId id;  // of who becomes owner
    FormerOwner becomes = FormerOwner::team_lead;
};
BOOST_DESCRIBE_STRUCT(PassOn, (accounts::Proof), (id, becomes))

// Both are signed out of the organization. Blocking. Throws Failure: invalid for what does not
// prove the owner; too_many; not_found when the person is no member; conflict when they are an
// owner already or have not confirmed their address.
void pass_on(db::Database& database, const accounts::Reauthentication& reauthentication,
    const http::Call& call, const PassOn& ask);

void handle_ownership_letters(
    jobs::Workers& workers, mail::Post& post, const std::string& public_url);

}  // namespace leadcrm::people
