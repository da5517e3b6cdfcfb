// What leaves with an export of a whole organization, and what does not: the one place that says
// so. Every table of an organization leaves by itself, also one that a later version adds; a
// platform table has to be named here, or nothing is exported at all.
#pragma once

#include "platform/db/tables.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::exports {

struct LeftOut {
    std::string_view what;  // a table
    std::string_view why;
};
std::span<const LeftOut> left_out();

// Sealed tokens, hashes of passwords and of sessions: they open something, and say nothing.
bool is_secret(const db::Column& column);

struct Content {
    db::Table table;
    std::vector<db::Column> columns;  // that leave
    std::string condition;  // which rows are the organization's, by $1
};

// Throws Failure::internal for a table nobody has thought of.
std::vector<Content> contents(const db::PlatformReader& db);

}  // namespace leadcrm::exports
