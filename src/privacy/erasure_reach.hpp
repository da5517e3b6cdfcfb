// Which rows of an organization are about a person: found in the schema, so that a table of a later
// version is reached by itself when it has a lead_id or a leadgen_id. Every other tenant table is
// told here with the reason why it holds nothing about anybody, or who sees to it; a test fails for
// one that is not.
#pragma once

#include "platform/db/tables.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace leadcrm::privacy {

struct Reach {
    std::vector<db::Table>
        of_lead;  // with a lead_id, in the order they can be emptied; not `leads`
    std::vector<db::Table> of_submission;  // with a leadgen_id and no lead_id
};

struct ToldTable {
    std::string_view table;
    std::string_view why;
};
std::span<const ToldTable> told_tables();

// Throws Failure::internal for a table that nobody has thought of.
Reach erasure_reach(const db::PlatformReader& db);

}  // namespace leadcrm::privacy
