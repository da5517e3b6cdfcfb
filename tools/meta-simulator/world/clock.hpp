// The simulator's time: the machine's, set forward or standing still, so that 90 days pass at once.
#pragma once

#include "platform/time/instant.hpp"

#include <chrono>
#include <optional>

namespace leadcrm::simulator {

class Clock {
public:
    Instant now() const { return standing_at_ ? *standing_at_ : Instant::now() + set_forward_by_; }

    void advance(std::chrono::microseconds by)
    {
        if (standing_at_)
            standing_at_ = *standing_at_ + by;
        else
            set_forward_by_ += by;
    }

    void stand_still_at(Instant at) { standing_at_ = at; }

private:
    std::chrono::microseconds set_forward_by_{0};
    std::optional<Instant> standing_at_;
};

}  // namespace leadcrm::simulator
