// What an organization was registered with, as an owner corrects it. Everything that shows the name
// or goes by country or time zone reads them when it is made; numbers and times that were read
// before stay what they are. Over HTTP: organization_facts_api.hpp.
#pragma once

#include "accounts/account.hpp"
#include "platform/db/session.hpp"
#include "platform/http/ask.hpp"
#include "platform/line.hpp"

namespace leadcrm::accounts {

struct OrganizationFacts {
    Line<1, 120> name;
    std::optional<Country> country;  // none: numbers need their country code
    TimeZone time_zone;
    std::optional<http::IfMatch> if_match;
};
BOOST_DESCRIBE_STRUCT(OrganizationFacts, (), (name, country, time_zone, if_match))

// Open screens of the organization learn of it at once. Throws Failure::stale when it is no longer
// the version the change is based on.
void set_organization_facts(
    db::PlatformTx& tx, const OrganizationId& organization, const OrganizationFacts& facts);

}  // namespace leadcrm::accounts
