// What operators see of one kind of job: how many wait and since when, how long they waited and
// ran, and how they ended.
#pragma once

#include "platform/jobs/job_store.hpp"
#include "platform/metrics/metrics.hpp"

#include <atomic>
#include <memory>

namespace leadcrm::jobs {

class KindFigures {
public:
    explicit KindFigures(const std::string& kind);

    void backlog(std::int64_t waiting, Instant oldest);
    void waited(std::chrono::microseconds time);
    void ended(store::Ending ending, std::chrono::microseconds time);

private:
    struct Backlog {
        std::atomic<std::int64_t> waiting{0};
        std::atomic<std::int64_t> oldest_us{0};
    };
    std::shared_ptr<Backlog> backlog_;  // shared with the gauges, which outlive the workers
    metrics::Histogram* wait_;
    metrics::Histogram* time_;
    metrics::Counter* done_;
    metrics::Counter* retried_;
    metrics::Counter* dead_;
};

}  // namespace leadcrm::jobs
