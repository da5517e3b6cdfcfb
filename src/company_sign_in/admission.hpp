// Who a person is here that an issuer vouches for: a member it vouched for before, a member with
// this confirmed address, or somebody who was invited.
#pragma once

#include "accounts/sign_in.hpp"
#include "company_sign_in/company_sign_in.hpp"
#include "company_sign_in/id_token.hpp"

namespace leadcrm::company_sign_in {

// A session bound to the organization. Throws Refused.
accounts::SignedIn admit(db::PlatformTx& tx, const OrganizationId& organization,
    const Issuer& issuer, const Person& person, const accounts::Visitor& visitor);

}  // namespace leadcrm::company_sign_in
