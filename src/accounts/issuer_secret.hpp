// What the client secret of an organization's issuer is sealed for: for company_sign_in, and for
// the rotation of keys.
#pragma once

#include "platform/id.hpp"

#include <string>

namespace leadcrm::accounts {

inline std::string issuer_secret_context(const OrganizationId& organization)
{
    return "company sign-in " + organization.text();
}

}  // namespace leadcrm::accounts
