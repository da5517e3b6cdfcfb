// Leads that somebody deleted: in nobody's sight any more (events::add_sight), in no list, count or
// search, and not joined by what the same person sends later. For restorable_for they can be
// restored as they were; then privacy/retention.hpp erases them. Their submissions stay known until
// then and beyond, so that nothing brings them back a second time.
#pragma once

#include "leads/lead.hpp"
#include "platform/db/session.hpp"
#include "platform/http/right.hpp"

#include <boost/describe.hpp>

#include <chrono>
#include <optional>
#include <vector>

namespace leadcrm::leads {

constexpr std::size_t deleted_max = 200;  // in one request
constexpr std::chrono::hours restorable_for{30 * 24};

struct ChosenLeads {
    std::vector<LeadId> ids;
};
BOOST_DESCRIBE_STRUCT(ChosenLeads, (), (ids))

struct ChangedLeads {
    std::int64_t changed = 0;  // others were so already, or are not in sight
};
BOOST_DESCRIBE_STRUCT(ChangedLeads, (), (changed))

// Both take those of the leads that the caller sees, or saw. Each lead's history says so. Throw
// Failure::invalid for a wrong number of leads.
ChangedLeads delete_leads(db::Tx& tx, const http::Caller& caller, const ChosenLeads& ask);
ChangedLeads restore_leads(db::Tx& tx, const http::Caller& caller, const ChosenLeads& ask);

struct DeletedLead : Lead {
    Instant deleted_at;
    std::optional<Person> deleted_by;  // nobody: a program
    Instant erased_at;  // unless it is restored before
};
BOOST_DESCRIBE_STRUCT(DeletedLead, (Lead), (deleted_at, deleted_by, erased_at))

struct PlaceOfDeleted {
    Instant deleted_at;
    std::int64_t number = 0;
};

// Those the caller saw, the last deleted first.
std::vector<DeletedLead> list_deleted(const db::Reader& db, const http::Caller& caller,
    const std::optional<PlaceOfDeleted>& after, int most);

}  // namespace leadcrm::leads
