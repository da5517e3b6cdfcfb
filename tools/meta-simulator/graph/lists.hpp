// Lists with cursors: which part of a list a call gets, and the paging links beside it.
#pragma once

#include "meta-simulator/graph/graph_call.hpp"
#include "meta-simulator/graph/graph_settings.hpp"
#include "meta-simulator/world/objects.hpp"

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

namespace leadcrm::simulator {

// What of a list is wanted: keys from `lowest` up to but not including `end`.
struct ListAsk {
    std::int64_t limit = 25;
    std::optional<ListKey> after;
    std::optional<ListKey> before;
    ListKey lowest{std::numeric_limits<std::int64_t>::min(), 0};
    ListKey end{std::numeric_limits<std::int64_t>::max(), 0};
    bool newest_first = true;
};

struct ListCut {
    std::vector<ListKey> keys;
    bool has_next = false;
    bool has_previous = false;
    std::optional<ListKey> resume_after;  // for a cut without keys that has a next one
};

// Reads limit, after and before. Throws GraphError 1 for a limit that asks for too much, 100 for a
// cursor or limit that is none.
ListAsk read_list_ask(const GraphCall& call, const GraphSettings& settings);

ListCut cut(const ListKeys& keys, const ListAsk& ask);

// {"data":[…],"paging":{…}}. The links repeat the call, with the token only when it came in the
// query.
json::object list_answer(
    const GraphCall& call, const ListCut& cut, const std::function<json::value(ListKey)>& element);

}  // namespace leadcrm::simulator
