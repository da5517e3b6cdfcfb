// A person takes back what they granted at Facebook: their tokens, their name and the list of their
// pages go, in every organization that uses the app. Pages that used their tokens say so; leads
// stay.
#pragma once

#include "meta/apps.hpp"
#include "platform/db/session.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>

namespace leadcrm::meta {

// The answer to a person who asks what became of their request. Who it was is not kept.
struct DataDeletion {
    std::string code;
    Instant asked_at;
    Instant done_at;
    std::int64_t login_count = 0;  // that were removed
    std::int64_t page_count = 0;  // whose token was removed
};
BOOST_DESCRIBE_STRUCT(DataDeletion, (), (code, asked_at, done_at, login_count, page_count))

struct Removed {
    std::int64_t logins = 0;
    std::int64_t pages = 0;
};

// What they granted to one app: with an own app it is its organization's business only, for whoever
// has its secret can sign in anybody's name. Doing it twice changes nothing more.
Removed remove_person(
    db::PlatformTx& tx, const App& app, const std::string& person_id, Instant now);

// The same request always has the same code: Meta may ask twice.
std::string confirmation_code(const std::string& app_secret, const std::string& payload);

namespace store {

void insert(db::PlatformTx& tx, const DataDeletion& deletion);
std::optional<DataDeletion> find_deletion(const db::PlatformReader& db, const std::string& code);

}  // namespace store
}  // namespace leadcrm::meta
