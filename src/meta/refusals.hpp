// Deliveries that were refused because their signature was wrong: of each app and hour, so that a
// restart forgets none and every process sees all. Strangers can make as many as they like, so they
// are counted in memory and written down now and then.
#pragma once

#include "platform/db/database.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace leadcrm::meta {

struct Refused {
    std::int64_t count = 0;
    Instant last_at;
};
BOOST_DESCRIBE_STRUCT(Refused, (), (count, last_at))

// Thread-safe.
class Refusals {
public:
    // Of one of our apps. Asks no database.
    void note(const std::string& app_id);
    // What has been noted since the last time. Blocking; nothing is lost when it throws.
    void write(db::Database& database);

private:
    std::mutex mutex_;
    std::map<std::string, Refused> noted_;
};

namespace store {

// Nothing when none was refused in the hours since then.
std::optional<Refused> refused_since(
    const db::PlatformReader& db, const std::string& app_id, Instant since);
void remove_old_refusals(db::PlatformTx& tx, Instant before);

}  // namespace store
}  // namespace leadcrm::meta
