// Asking Graph for leads: every field Meta documents, and less where that is refused.
#pragma once

#include "meta/fetch_store.hpp"
#include "meta/graph_client.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::meta {

enum class FieldSet { all, without_ads, minimal };

std::string_view fields_of(FieldSet set);

// Where `fields` are refused with this answer: the fewer that may be granted, or nothing.
std::optional<FieldSet> fewer_than(FieldSet fields, const GraphAnswer& refused);

struct LeadReading {
    Fetch fetch;
    GraphAnswer answer;
    FieldSet fields = FieldSet::all;  // what was asked for in the end
};

// One call for one lead, a batch for several. Where Graph refuses the fields, or the right to the
// ones about ads, it is asked once more for fewer: a lead without its ad is better than none.
std::vector<LeadReading> read_leads(
    GraphClient& graph, const PageAccess& as, const std::vector<Fetch>& fetches);

// What a lead that was read lacks, for the reason kept with its fetch.
std::optional<std::string> missing_from(FieldSet fields);

}  // namespace leadcrm::meta
