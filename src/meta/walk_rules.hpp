// When the leads of a form are walked next and from where, and what a walk that has ended changes.
#pragma once

#include "meta/lead_walk.hpp"
#include "meta/walk_store.hpp"

#include <chrono>
#include <optional>

namespace leadcrm::meta {

struct NextWalk {
    Instant at;
    bool is_sweep = false;  // all that Meta has, not only what is new
};

// Hot forms, which had a lead in the last day, are looked at every `interval`, others a twelfth as
// often, and each is swept once a night. `latest`: when its latest lead was submitted.
NextWalk next_walk(
    const FormWalk& walk, std::optional<Instant> latest, std::chrono::seconds interval);

// An hour before the watermark, so that what came late is found; nothing for a sweep.
std::optional<Instant> walk_from(const FormWalk& walk, bool is_sweep);

FormWalk walked(FormWalk walk, const WalkEnd& end, bool is_sweep, Instant now);

}  // namespace leadcrm::meta
