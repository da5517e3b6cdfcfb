// Finding a page of leads fast, whatever is asked for, in an organization with a million of them.
//
// There are four ways to a page, and which one is fast depends on how many leads a condition
// leaves. Databases guess that from statistics, and a wrong guess costs a thousand times the right
// one, so we choose ourselves (on SQLite with INDEXED BY; PostgreSQL keeps its statistics per
// organization well enough and is left alone):
//
//   branches  a stage, owner or form, in an order of time: there is an index for each pair. Several
//             values are several short lists, merged.
//   found     text that few leads have: the search index names them, they are looked up and sorted.
//   gather    a condition that few leads meet, in an order it has no index for: they are fetched
//   and
//             sorted. Whether they are few is counted first, up to few_max.
//   walk      everything else: along the index of the order, looking at each lead until the page is
//             full. What is not few fills it soon.
//
// All but the last touch a bounded number of rows, however many leads there are.
#pragma once

#include "leads/lead.hpp"
#include "leads/lead_cursor.hpp"
#include "leads/lead_filter.hpp"
#include "platform/db/session.hpp"

#include <optional>
#include <vector>

namespace leadcrm::leads {

struct ListOrder {
    AllOf filter;
    Sort sort;
    std::optional<Place> after;
    int most = 50;
};

std::vector<ShownRow> list_leads(const db::Reader& db, const ListOrder& order);

// Counts up to `most`.
std::int64_t count_leads(const db::Reader& db, const AllOf& filter, int most);

Place place_of(const ShownRow& lead, const Sort& sort);

}  // namespace leadcrm::leads
