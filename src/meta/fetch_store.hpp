// A fetch: one lead that an organization has to read from Graph. The SQL of it; what is done about
// them: lead_fetch.hpp.
#pragma once

#include "meta/delivery.hpp"
#include "platform/db/session.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace leadcrm::meta {

BOOST_DEFINE_ENUM_CLASS(FetchState, waiting, blocked, done, gave_up)
// The way on which we first heard of a lead.
BOOST_DEFINE_ENUM_CLASS(BroughtBy, webhook, reconciler, backfill, file)

struct Fetch {
    std::string leadgen_id;
    std::string page_id;
    std::optional<std::string> form_id;
    std::optional<Instant> submitted_at;
    Instant received_at;
    FetchState state = FetchState::waiting;
    std::optional<std::string> reason;  // why it waits, is blocked or ended without a lead
    std::int64_t attempts = 0;
    std::optional<Instant> next_at;
    std::optional<Instant> ended_at;
    BroughtBy brought_by = BroughtBy::webhook;
    std::optional<Instant> repaired_at;  // it was missing, and the reconciler brought it

    bool operator==(const Fetch&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fetch, (),
    (leadgen_id, page_id, form_id, submitted_at, received_at, state, reason, attempts, next_at,
        ended_at, brought_by, repaired_at))

// The fetch that a word of the webhook asks for.
Fetch fetch_of(const Change& change, Instant received_at);

// What became of a lead that was told of.
struct LeadFate {
    std::string leadgen_id;
    FetchState state = FetchState::waiting;
    std::optional<std::string> reason;
    std::optional<Id<"lead">> lead_id;
};
BOOST_DESCRIBE_STRUCT(LeadFate, (), (leadgen_id, state, reason, lead_id))

namespace store {

// False when the organization knows of this lead already.
bool insert(db::Tx& tx, const Fetch& fetch);
std::optional<Fetch> find_fetch(const db::Reader& db, const std::string& leadgen_id);
// One that is done stays so: whoever comes late has nothing to add.
void update(db::Tx& tx, const Fetch& fetch);
// Which of these leads are done with.
std::set<std::string> list_done(const db::Reader& db, const std::vector<std::string>& leadgen_ids);

// Waiting ones whose time has come, longest waiting first.
std::vector<Fetch> list_due(
    const db::Reader& db, const std::string& page_id, Instant now, std::size_t limit);
// The blocked one that was tried least.
std::optional<Fetch> find_blocked(const db::Reader& db, const std::string& page_id);
// Open ones, by page.
std::map<std::string, std::int64_t> count_open(const db::Reader& db);
std::optional<Instant> next_due_at(const db::Reader& db, const std::string& page_id);

void block_waiting(db::Tx& tx, const std::string& page_id, const std::string& reason);
// Blocked ones wait again, from now on.
std::int64_t unblock(db::Tx& tx, const std::string& page_id, Instant now);
// One that has not brought its lead begins anew.
void wait_again(db::Tx& tx, const std::string& leadgen_id, Instant now);

// By leadgen_id; leads nobody told of are not in the map.
std::map<std::string, LeadFate> fates_of(
    const db::Reader& db, std::vector<std::string> leadgen_ids);

}  // namespace store
}  // namespace leadcrm::meta
