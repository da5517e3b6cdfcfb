// Where the seconds go between a person who sends a form and somebody here who sees it: from Meta
// to us, and from us to the first screen.
#pragma once

#include "platform/db/session.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace leadcrm::meta {

// Medians in seconds. Only of leads a webhook told of: what a backfill brings is late by its
// nature.
struct Delays {
    std::int64_t lead_count = 0;
    std::optional<double> meta_to_us;
    std::optional<double> us_to_screen;  // of those that somebody has seen
};
BOOST_DESCRIBE_STRUCT(Delays, (), (lead_count, meta_to_us, us_to_screen))

// Of a page's newest leads since then, 500 at most.
Delays delays_of(const db::Reader& db, const std::string& page_id, Instant since);

}  // namespace leadcrm::meta
