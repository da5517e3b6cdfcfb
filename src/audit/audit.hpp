// Who did what in an organization. Every change over HTTP is recorded by itself, in the transaction
// that makes it (recorder()); so is the opening of a single lead, a file that is fetched, and
// anything that support opens. What comes another way, such as signing in, says so with record().
// Entries hold ids, never what was written or read, but for the reason an operator gave.
#pragma once

#include "platform/db/database.hpp"
#include "platform/http/dispatcher.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::audit {

using EntryId = Id<"audit">;
BOOST_DEFINE_ENUM_CLASS(Outcome, done, refused)

struct Entry {
    EntryId id = EntryId::make();
    Instant at = Instant::now();
    std::optional<UserId> user_id;  // neither a person nor a key: the system
    std::optional<http::ApiKeyId> key_id;
    std::string action;  // "PATCH /api/v1/leads/{id}": action.hpp
    std::string what;  // the same in words: "Change a lead"
    Outcome outcome = Outcome::done;
    std::string object;  // the id it was done to; empty: the organization, or the person
    std::string address;  // of the client
    bool by_support = false;  // `user_id` is one of the operator's people
};
BOOST_DESCRIBE_STRUCT(
    Entry, (), (id, at, user_id, key_id, action, what, outcome, object, address, by_support))

void record(db::Tx& tx, const Entry& entry);

// Somebody who looks at something again and again within this time has opened it once.
constexpr std::chrono::minutes opened_once{10};

// For http::Site. Of others than support it sees neither lists nor what a path does not name.
http::Recorder recorder();

// What entries are looked for by. Each member narrows the list.
struct Question {
    std::optional<UserId> user_id;
    std::optional<http::ApiKeyId> key_id;
    std::optional<std::string> action;
    std::optional<std::string> object;
    std::optional<Instant> from;
    std::optional<Instant> until;  // not at it
    std::optional<EntryId> after;  // the last one seen
};

// The newest first.
std::vector<Entry> list(const db::Reader& db, const Question& question, std::size_t limit);

constexpr std::int64_t keep_days_default = 365;
std::int64_t keep_days(const db::Reader& db);
void set_keep_days(db::Tx& tx, std::int64_t days);
// Returns how many entries were too old; at most `most` go at once.
std::int64_t remove_old(db::Tx& tx, Instant now, std::int64_t most = 10'000);

// Every night, of every organization.
void handle_retention(jobs::Workers& workers, db::Database& database);
void order_retention(db::Database& database, std::chrono::milliseconds delay = {});

}  // namespace leadcrm::audit
