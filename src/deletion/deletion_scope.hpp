// Which rows a deletion reaches: found in the schema, so that a table of a later version is reached
// by itself. The few tables that name neither an organization nor a person are told here, one by
// one.
#pragma once

#include "platform/db/tables.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::deletion {

struct DeletionScope {
    std::vector<db::Table> own;  // tenant tables; whatever refers to another comes before it
    std::vector<db::Table> of_organization;  // platform tables with an organization_id
    std::vector<db::Table> of_people;  // platform tables with a user_id
};

struct ToldTable {
    std::string_view table;
    std::string_view how;
};
// Platform tables that are treated by a step of their own, or hold nothing about anybody.
std::span<const ToldTable> told_tables();

// Throws Failure::internal for a table that nobody has thought of.
DeletionScope deletion_scope(const db::PlatformReader& db);

}  // namespace leadcrm::deletion
