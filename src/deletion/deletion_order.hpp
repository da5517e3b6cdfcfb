// The deletion of an organization: ordered by an owner, announced to everybody in it, taken back
// until its hour. What then happens: deletion_steps.hpp. What is left: a row without names, by
// whose code anybody who has it can look up what became of it.
#pragma once

#include "letters/reader.hpp"
#include "platform/db/session.hpp"
#include "platform/http/right.hpp"
#include "platform/id.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::deletion {

BOOST_DEFINE_ENUM_CLASS(DeletionState, scheduled, running, done)

constexpr int grace_days_default = 7;
constexpr int grace_days_max = 30;

struct DeletionOrder {
    std::string code;  // 24 digits and letters: what a person looks it up by
    std::optional<OrganizationId> organization_id;  // nothing when it is done; so the next one
    DeletionState state = DeletionState::scheduled;
    std::optional<UserId> ordered_by;
    Instant ordered_at;
    Instant delete_at;
    std::optional<Instant> done_at;
    std::vector<UserId> people;  // whoever was in it when it began
    std::vector<std::string> recipients;  // of the certificate
    std::map<std::string, letters::Reader> readers;  // how each of them reads
    std::map<std::string, std::int64_t> counts;  // rows, by table
};
BOOST_DESCRIBE_STRUCT(DeletionOrder, (),
    (code, organization_id, state, ordered_by, ordered_at, delete_at, done_at, people, recipients,
        readers, counts))

// Throws Failure: conflict when it is ordered already, invalid when the name is another.
DeletionOrder order_deletion(db::PlatformTx& db, const http::Caller& owner,
    const std::string& typed_name, std::chrono::hours grace);
// Throws Failure::conflict when it has begun, not_found when there is none.
void cancel_deletion(db::Tx& tx);

// The open one of the session's organization.
std::optional<DeletionOrder> find_open(const db::Reader& db);
std::optional<DeletionOrder> find_order(const db::PlatformReader& db, const std::string& code);

// Adds rows to the order's counts, in the transaction that removes them: once for each, whenever
// the deletion is killed.
void count_removed(
    db::PlatformTx& tx, const std::string& code, const std::map<std::string, std::int64_t>& rows);

}  // namespace leadcrm::deletion
