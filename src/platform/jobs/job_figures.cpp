#include "platform/jobs/job_figures.hpp"

#include <algorithm>

namespace leadcrm::jobs {
namespace {

const std::vector<double> bounds{0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60, 600, 3600};

metrics::Counter* results(const std::string& kind, const std::string& result)
{
    return &metrics::counter("leadcrm_jobs_total", "Attempts to do a job, by how they ended.",
        {{"kind", kind}, {"result", result}});
}

double seconds(std::chrono::microseconds time) { return double(time.count()) / 1e6; }

}  // namespace

KindFigures::KindFigures(const std::string& kind)
    : backlog_(std::make_shared<Backlog>())
    , wait_(&metrics::histogram("leadcrm_job_wait_seconds",
          "From when a job was due until a worker had it.", bounds, {{"kind", kind}}))
    , time_(&metrics::histogram(
          "leadcrm_job_seconds", "How long handlers took.", bounds, {{"kind", kind}}))
    , done_(results(kind, "done"))
    , retried_(results(kind, "retried"))
    , dead_(results(kind, "dead"))
{
    metrics::gauge("leadcrm_jobs_waiting", "Jobs that wait, for later too.",
        [backlog = backlog_] { return double(backlog->waiting); }, {{"kind", kind}});
    metrics::gauge("leadcrm_jobs_overdue_seconds", "How long the longest due job has been due.",
        [backlog = backlog_] {
            const Instant oldest{backlog->oldest_us};
            if (oldest.us == 0) return 0.0;
            return std::max(0.0, seconds(Instant::now() - oldest));
        },
        {{"kind", kind}});
}

void KindFigures::backlog(std::int64_t waiting, Instant oldest)
{
    backlog_->waiting = waiting;
    backlog_->oldest_us = oldest.us;
}

void KindFigures::waited(std::chrono::microseconds time) { wait_->observe(seconds(time)); }

void KindFigures::ended(store::Ending ending, std::chrono::microseconds time)
{
    time_->observe(seconds(time));
    if (ending == store::Ending::done) done_->add();
    if (ending == store::Ending::retry) retried_->add();
    if (ending == store::Ending::dead) dead_->add();
}

}  // namespace leadcrm::jobs
