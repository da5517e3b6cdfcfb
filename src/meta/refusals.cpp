#include "meta/refusals.hpp"

#include <algorithm>
#include <chrono>

namespace leadcrm::meta {
namespace {

// Hours since 1970.
std::int64_t hour_of(Instant at)
{
    return at.unix_seconds() / std::chrono::seconds(std::chrono::hours(1)).count();
}

void add(std::map<std::string, Refused>& to, const std::string& app_id, const Refused& more)
{
    auto& known = to[app_id];
    known.count += more.count;
    known.last_at = std::max(known.last_at, more.last_at);
}

}  // namespace

void Refusals::note(const std::string& app_id)
{
    const std::lock_guard lock(mutex_);
    add(noted_, app_id, {1, Instant::now()});
}

void Refusals::write(db::Database& database)
{
    std::map<std::string, Refused> noted;
    {
        const std::lock_guard lock(mutex_);
        noted.swap(noted_);
    }
    if (noted.empty()) return;
    try {
        database.write_platform([&](db::PlatformTx& tx) {
            for (const auto& [app_id, refused] : noted)
                tx.run("INSERT INTO refused_deliveries (app_id, hour, refused, last_at)"
                       " VALUES ($1, $2, $3, $4) ON CONFLICT (app_id, hour) DO UPDATE SET"
                       " refused = refused_deliveries.refused + excluded.refused,"
                       " last_at = excluded.last_at",
                    app_id, hour_of(refused.last_at), refused.count, refused.last_at);
        });
    } catch (...) {
        const std::lock_guard lock(mutex_);
        for (const auto& [app_id, refused] : noted) add(noted_, app_id, refused);
        throw;
    }
}

namespace store {

std::optional<Refused> refused_since(
    const db::PlatformReader& db, const std::string& app_id, Instant since)
{
    Refused all;
    for (const auto& hour : db.rows<Refused>("SELECT refused AS count, last_at"
                                             " FROM refused_deliveries"
                                             " WHERE app_id = $1 AND hour >= $2",
             app_id, hour_of(since))) {
        all.count += hour.count;
        all.last_at = std::max(all.last_at, hour.last_at);
    }
    return all.count > 0 ? std::optional(all) : std::nullopt;
}

void remove_old_refusals(db::PlatformTx& tx, Instant before)
{
    tx.run("DELETE FROM refused_deliveries WHERE hour < $1", hour_of(before));
}

}  // namespace store
}  // namespace leadcrm::meta
