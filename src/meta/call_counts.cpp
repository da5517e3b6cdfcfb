#include "meta/call_counts.hpp"

#include "platform/log/log.hpp"

#include <set>

namespace leadcrm::meta {
namespace {

constexpr std::chrono::minutes stored_every{1};
constexpr std::int64_t hour_us = 3'600'000'000;
// Of a database that does not answer for hours; by far more than there are outcomes and hours.
constexpr std::size_t counts_max = 100'000;

Instant hour_of(Instant at) { return {at.us - at.us % hour_us}; }

}  // namespace

CallCounts::~CallCounts() { end(); }

void CallCounts::note(const OrganizationId& organization, std::string_view outcome, Instant at)
{
    const std::lock_guard lock(mutex_);
    if (counts_.size() >= counts_max) return;
    ++counts_[{hour_of(at), organization, std::string(outcome)}];
}

void CallCounts::start()
{
    thread_ = std::thread([this] { run(); });
}

void CallCounts::stop()
{
    end();
    store();
}

void CallCounts::end()
{
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void CallCounts::run()
{
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, stored_every, [this] { return is_stopping_; })) {
        lock.unlock();
        store();
        lock.lock();
    }
}

void CallCounts::store()
{
    Counts taken;
    {
        const std::lock_guard lock(mutex_);
        taken.swap(counts_);
    }
    if (taken.empty()) return;
    try {
        database_.write_platform([&](db::PlatformTx& tx) {
            tx.run("DELETE FROM graph_hours WHERE hour < $1", Instant::now() - counts_kept);
            // One that was deleted meanwhile leaves nothing.
            const auto there = tx.rows<OrganizationId>("SELECT id FROM organizations");
            const std::set<OrganizationId> known(there.begin(), there.end());
            for (const auto& [key, calls] : taken)
                if (const auto& [hour, organization, outcome] = key; known.contains(organization))
                    tx.run("INSERT INTO graph_hours (hour, organization_id, outcome, calls)"
                           " VALUES ($1, $2, $3, $4)"
                           " ON CONFLICT (hour, organization_id, outcome)"
                           " DO UPDATE SET calls = graph_hours.calls + EXCLUDED.calls",
                        hour, organization, outcome, calls);
        });
    } catch (const std::exception& error) {
        log::warn("calls to Meta could not be counted", {{"why", error.what()}});
        const std::lock_guard lock(mutex_);
        for (const auto& [key, calls] : taken) counts_[key] += calls;
    }
}

}  // namespace leadcrm::meta
