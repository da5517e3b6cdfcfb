// What an organization was registered with, as an owner corrects it. Everything that shows the name
// or goes by country or time zone reads them when it is made; numbers and times that were read
// before stay what they are. Over HTTP: organization_facts_api.hpp.
#pragma once

#include "accounts/account.hpp"
#include "platform/db/session.hpp"

namespace leadcrm::accounts {

struct OrganizationFacts {
    Text<1, 120> name;
    std::optional<Country> country;  // none: numbers need their country code
    TimeZone time_zone;
};
BOOST_DESCRIBE_STRUCT(OrganizationFacts, (), (name, country, time_zone))

// Open screens of the organization learn of it at once.
void set_organization_facts(
    db::PlatformTx& tx, const OrganizationId& organization, const OrganizationFacts& facts);

}  // namespace leadcrm::accounts
