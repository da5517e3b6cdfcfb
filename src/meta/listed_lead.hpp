// Leads that came with a list, whole: one of Graph's (lead_walk.hpp) or Meta's own file
// (leads_file.hpp). They need no second reading; a fetch that waits for one of them is ended by it.
#pragma once

#include "leads/submission.hpp"
#include "meta/fetch_store.hpp"
#include "platform/db/session.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::meta {

struct ListedLead {
    std::string page_id;
    leads::Submission submission;
    std::optional<std::string> missing;  // what it lacks, for the reason kept with its fetch
};

struct ListTally {
    std::int64_t found = 0;
    std::int64_t stored = 0;  // were not here before
    std::int64_t repaired = 0;  // of these: had their chance to come by webhook, and did not
    std::optional<Instant> newest;  // when the latest of those that are here now was submitted

    void add(const ListTally& other);
};

// Stores what is not here yet, in the caller's transaction. Idempotent by leadgen_id, whatever way
// a lead came before.
ListTally take_in_listed(db::Tx& tx, const std::vector<ListedLead>& leads, BroughtBy by);

}  // namespace leadcrm::meta
