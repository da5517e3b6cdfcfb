// What Meta posted about a lead that is erased. A delivery holds ids and no names; it is taken away
// all the same, or rewritten without the lead when it tells of others too. One about a page that
// another organization also holds is needed there, and goes with its age (30 days).
#pragma once

#include "meta/delivery.hpp"
#include "platform/db/session.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace leadcrm::meta {

// What a delivery said about the lead.
struct ToldDelivery {
    DeliveryId id;
    Instant received_at;
    json::Raw said;
};
BOOST_DESCRIBE_STRUCT(ToldDelivery, (), (id, received_at, said))

// For the access file of the person.
std::vector<ToldDelivery> deliveries_about(const db::PlatformReader& db,
    const OrganizationId& organization, const std::string& page_id, const std::string& leadgen_id,
    Instant received_at);

// Returns how many deliveries told of it. `received_at`: when we first heard of the lead.
std::int64_t forget_deliveries(db::PlatformTx& db, const OrganizationId& organization,
    const std::string& page_id, const std::string& leadgen_id, Instant received_at);

}  // namespace leadcrm::meta
