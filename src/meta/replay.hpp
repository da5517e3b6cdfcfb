// Doing a delivery once more for one organization. What is there stays as it is; leads that were
// given up or are blocked wait again; leads that are missing are fetched.
#pragma once

#include "meta/delivery.hpp"
#include "platform/db/database.hpp"
#include "platform/jobs/jobs.hpp"

#include <vector>

namespace leadcrm::meta {

// Orders it for those of the deliveries that concern the organization. Returns how many.
std::int64_t order_replay(db::Tx& tx, const std::vector<DeliveryId>& ids);

// Only pages the organization holds now are looked at. Doing it twice changes nothing. Blocking.
void replay(
    db::Database& database, OrganizationId organization, const std::vector<DeliveryId>& ids);

void handle_replay_jobs(jobs::Workers& workers, db::Database& database);

}  // namespace leadcrm::meta
