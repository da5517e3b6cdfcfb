// Walking one of Graph's lists to its end. The order means nothing and may change; a page may be
// short, or empty with a next one; the last one is the one without a next.
#pragma once

#include "meta/graph_client.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace leadcrm::meta {

struct GraphListAsk {
    std::string edge;  // "{form}/leads"
    std::string fields;
    std::string filtering = {};  // JSON; empty: everything
    std::size_t limit = 100;  // elements of a page; halved when Meta finds that too much
    int hops_max = 10'000;
};

// Where a walk is. One call for each step; who walks watches the limits in between.
class GraphList {
public:
    GraphList(GraphClient& graph, PageAccess as, GraphListAsk ask);

    bool is_at_end() const { return !address_; }
    // The next page, or the problem; the same step can be tried again then. After the end: nothing
    // more to ask.
    GraphAnswer step();
    // The same for reading that can wait: where a moment is enough, for Meta's limits to let us in
    // or for trouble to pass, it waits that moment; else it ends with Advice::wait or the trouble.
    GraphAnswer patient_step();

private:
    bool wait_until_free() const;
    std::string first_address() const;
    bool halve_limit();

    GraphClient& graph_;
    const PageAccess as_;
    GraphListAsk ask_;
    std::optional<std::string> address_;
    int hops_ = 0;
};

}  // namespace leadcrm::meta
