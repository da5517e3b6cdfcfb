// A steady flow of leads: so many a second, until told otherwise or until `left` are made.
#pragma once

#include "platform/time/instant.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace leadcrm::simulator {

class LeadRate {
public:
    // `left`: stop after so many.
    void set(double leads_per_second, std::optional<std::int64_t> left, Instant now)
    {
        per_second_ = leads_per_second;
        left_ = left;
        owed_ = 0;
        counted_to_ = now;
    }

    // How many leads have come due since the last time this was asked.
    std::int64_t take_due(Instant now)
    {
        // A machine that slept does not make up for hours.
        const double passed_s =
            std::min(static_cast<double>((now - counted_to_).count()) / 1e6, 1.0);
        counted_to_ = now;
        if (per_second_ <= 0 || passed_s <= 0) return 0;
        owed_ += passed_s * per_second_;
        auto due = static_cast<std::int64_t>(owed_);
        owed_ -= static_cast<double>(due);
        if (left_) {
            due = std::min(due, *left_);
            *left_ -= due;
            if (*left_ == 0) per_second_ = 0;
        }
        return due;
    }

    double per_second() const { return per_second_; }

private:
    double per_second_ = 0;
    std::optional<std::int64_t> left_;
    double owed_ = 0;
    Instant counted_to_;
};

}  // namespace leadcrm::simulator
