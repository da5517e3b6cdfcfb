// One attempt at a job: how what a handler does or throws decides what becomes of it.
#pragma once

#include "platform/jobs/job_store.hpp"

#include <chrono>
#include <cstdint>
#include <exception>
#include <string>

namespace leadcrm::jobs {

// Runs the handler, tells the log when it failed, never throws.
store::Ended attempt(const store::Claim& claim, const Workers::Handler& handler);

// The longest wait after so many failures: 1 s, 2 s, 4 s … 1 h.
std::chrono::milliseconds longest_wait(std::int64_t failures);

// A random part of it ("full jitter"), so that what failed together does not come back together.
std::chrono::milliseconds jittered_wait(std::int64_t failures);

// What the log and the dead job's owner are told.
std::string reason_of(const std::exception& why);

}  // namespace leadcrm::jobs
