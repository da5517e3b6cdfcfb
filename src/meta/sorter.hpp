// The sorter: reads the deliveries the webhook has stored, and writes down for each organization
// that holds a page which leads it has to fetch. The next step: lead_fetch.hpp.
#pragma once

#include "meta/delivery_store.hpp"
#include "meta/refusals.hpp"
#include "platform/db/database.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace leadcrm::meta {

struct ReadDelivery {
    DeliveryId id;
    Instant received_at;
    DeliveryReading reading;
    std::optional<OrganizationId> only_for = {};
};

// One thread, woken by the webhook and looking by itself now and then, so that a delivery that was
// left by a crash or by another process is found too. The table is the queue: nothing is lost with
// the process. Sorting the same delivery twice changes nothing, so several processes may do it.
//
// Deliveries are sorted in batches, each in one transaction. While webhooks keep pouring in, the
// sorter rests three times as long as it worked: taking in comes before sorting.
class Sorter {
public:
    Sorter(db::Database& database, Refusals& refusals);
    ~Sorter();  // stops

    void start();
    void stop();
    // There is something new. Cheap; from any thread.
    void wake();

    // Sorts until nothing is new, on the calling thread: for tests and commands.
    void sort_all();

private:
    void run();
    bool wait_for_news(std::chrono::milliseconds most);
    std::size_t sort_batch();
    void sort(const std::vector<ReadDelivery>& deliveries);
    void sort_one_by_one(const std::vector<ReadDelivery>& deliveries);
    void keep_house();

    db::Database& database_;
    Refusals& refusals_;
    std::thread thread_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::atomic<bool> stopping_ = false;
    std::atomic<bool> has_news_ = true;  // left by the last run, perhaps
    std::atomic<std::uint64_t> wakes_ = 0;
};

}  // namespace leadcrm::meta
