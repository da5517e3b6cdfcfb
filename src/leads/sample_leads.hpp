// A year in the life of a sales team, made up: for demonstrations, tests and measurements.
#pragma once

#include "platform/db/database.hpp"

#include <cstdint>
#include <functional>

namespace leadcrm::leads {

// Adds `count` leads with their submissions and events to an organization: people of many
// languages, answers, stages that fit the leads' age, owners among the members, some who came back.
// The same for the same seed (the times are counted back from now). `progress` is called with the
// number of leads made so far. Blocking; safe on a running server.
void make_samples(db::Database& database, const OrganizationId& organization, std::int64_t count,
    std::uint64_t seed, const std::function<void(std::int64_t)>& progress = {});

}  // namespace leadcrm::leads
