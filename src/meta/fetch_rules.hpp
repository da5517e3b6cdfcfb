// What becomes of a fetch that Graph did not answer with a lead, and what that says about its page.
#pragma once

#include "meta/fetch_store.hpp"
#include "meta/graph_answer.hpp"
#include "meta/page.hpp"

#include <chrono>
#include <optional>

namespace leadcrm::meta {

// Meta keeps leads so long; after that a lead that cannot be read will never be.
constexpr std::chrono::hours kept_at_meta{90 * 24};

struct Verdict {
    Fetch fetch;  // as it goes on
    std::optional<PageProblem> problem;  // what it says about the page
    std::optional<Instant> probe_at;  // when to look whether a blocked fetch can go on
    std::optional<Instant> wait_until;
};

// `free_at`: when Meta's limits allow the next call.
Verdict judge(
    Fetch fetch, const GraphProblem& problem, const Page& page, Instant free_at, Instant now);

// What it says about a page that a list of its leads cannot be read. Nothing when that passes by
// itself.
struct PageVerdict {
    std::optional<PageProblem> problem;
    std::optional<Instant> probe_at;
};
PageVerdict judge_page(const GraphProblem& problem, const Page& page, Instant now);

}  // namespace leadcrm::meta
