// Every row of a table, in the order of its key, page by page: PostgreSQL hands over a whole answer
// at once.
#pragma once

#include "platform/db/tables.hpp"
#include "platform/function_ref.hpp"

#include <string>
#include <vector>

namespace leadcrm::db {

class TableWalk {
public:
    // What is handed over is `columns`, in this order. `condition` says which rows; empty: all.
    TableWalk(const Questions& db, const Table& table, const std::vector<Column>& columns,
        std::string condition);

    // A row is valid while it is handed over.
    void each(FunctionRef<void(const Row&)> take) const;

private:
    Sql page_behind(const std::vector<Value>& last) const;

    const Questions& db_;
    const std::string table_;
    const std::string condition_;
    const std::size_t column_count_;
    std::vector<Column> key_;  // without the tenant, who is the same in all rows
    std::string key_names_;
    std::string selected_;
};

}  // namespace leadcrm::db
