// How leads come to a page and to its forms: by which way, how many an hour, and whether that is
// usual.
#pragma once

#include "meta/page.hpp"
#include "meta/rhythm.hpp"
#include "meta/walk_store.hpp"

#include <boost/describe.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::meta {

// webhook: as it should be. polling: the webhook is silent though the reconciler finds leads. file:
// Meta does not let us read; leads can be brought with Meta's own download.
BOOST_DEFINE_ENUM_CLASS(PageMode, webhook, polling, file)

struct Pulse {
    Rhythm rhythm;
    std::vector<std::int64_t> hours;  // leads an hour of the last day, the oldest first
    std::optional<Instant> latest;  // when the last lead was submitted, in the last weeks
};

struct PagePulse {
    Pulse page;
    std::map<std::string, Pulse> forms;
    PageMode mode = PageMode::webhook;
};

PagePulse pulse_of(const db::Reader& db, const Page& page, Instant now);

}  // namespace leadcrm::meta
