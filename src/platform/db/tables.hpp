// Which tables there are, asked of the database itself: for what has to reach every row of an
// organization, whatever table a later version adds. SQLite's search tables are left out: they
// belong to leads/lead_search.
#pragma once

#include "platform/db/session.hpp"

#include <boost/describe.hpp>

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::db {

BOOST_DEFINE_ENUM_CLASS(ColumnType, text, whole, boolean, real, uuid, bytes, json)

struct Column {
    std::string name;
    ColumnType type = ColumnType::text;
};

struct Table {
    std::string name;
    std::vector<Column> columns;
    std::vector<std::string> key;  // the primary key's columns, in its order
    std::set<std::string> refers_to;  // other tables, by foreign keys

    const Column* find(std::string_view column) const;
    // The primary key begins with organization_id.
    bool is_tenant() const;
};

// By name. Throws Failure::internal for a column that no migration has made.
std::vector<Table> list_tables(const PlatformReader& db);

// So that whatever refers to another table comes before it: the order in which tables can be
// emptied. Backwards, the one in which they can be filled.
std::vector<Table> referring_first(std::vector<Table> tables);

// A row whose columns are only known when it is read. Valid while it is handed over, as db::Row is.
struct AnyRow {
    const Row* cells = nullptr;
};
template <>
inline AnyRow from_row<AnyRow>(const Row& row)
{
    return {&row};
}

// A cell, ready to be given to another statement.
Value value_of(const Row& row, std::size_t place, ColumnType type);

}  // namespace leadcrm::db
