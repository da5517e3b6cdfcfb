#include "accounts/organization_facts.hpp"

#include "events/change.hpp"

namespace leadcrm::accounts {

void set_organization_facts(
    db::PlatformTx& tx, const OrganizationId& organization, const OrganizationFacts& facts)
{
    if (facts.if_match) {
        const auto version =
            tx.one<std::int64_t>("SELECT version FROM organizations WHERE id = $1", organization);
        if (version != facts.if_match->version)
            throw Failure::stale("Somebody changed this in the meantime. Look at it again, then "
                                 "repeat your change.");
    }
    std::optional<std::string> country;
    if (facts.country) country = facts.country->value;
    tx.run("UPDATE organizations SET name = $2, country = $3, time_zone = $4,"
           " version = version + 1 WHERE id = $1",
        organization, facts.name.value, country, facts.time_zone.value);
    auto inside = tx.in_organization(organization);
    events::tell_change(inside, events::Topic::organization);
}

}  // namespace leadcrm::accounts
