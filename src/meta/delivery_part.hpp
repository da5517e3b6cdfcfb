// The part of a delivery that concerns one organization, as its people may see it. Meta packs pages
// of different organizations into one POST, so nothing of a delivery is shown but through here.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace leadcrm::meta {

struct DeliveryPart {
    std::string body;  // masked JSON: ids, times and the names of fields; all other values are "…"
    std::size_t bytes = 0;  // of the part, before it was masked
};

// What `body` says about these pages. Empty when it is no webhook.
DeliveryPart part_of(std::string_view body, const std::set<std::string>& page_ids);

}  // namespace leadcrm::meta
