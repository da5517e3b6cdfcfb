// How calls to Graph ended, by hour and organization. A call costs a look into a map; about every
// minute, and when the server stops, what came together is added to what other servers counted
// (graph_hours), in one transaction. Shown by platform_admin/graph_errors.hpp.
#pragma once

#include "platform/db/database.hpp"
#include "platform/time/instant.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>

namespace leadcrm::meta {

constexpr std::chrono::hours counts_kept{30 * 24};

class CallCounts {
public:
    explicit CallCounts(db::Database& database) : database_(database) { }
    ~CallCounts();  // stops, and forgets what is not stored

    // Thread-safe.
    void note(const OrganizationId& organization, std::string_view outcome, Instant at);

    void start();
    // Stores what there is. The database must still be there.
    void stop();
    // On the calling thread. What cannot be stored now is kept for the next time.
    void store();

private:
    // The hour's beginning, the organization, the outcome.
    using Key = std::tuple<Instant, OrganizationId, std::string>;
    using Counts = std::map<Key, std::int64_t>;

    void run();
    void end();

    db::Database& database_;
    std::mutex mutex_;
    std::condition_variable changed_;
    Counts counts_;
    bool is_stopping_ = false;
    std::thread thread_;
};

}  // namespace leadcrm::meta
