#include "platform/db/table_walk.hpp"

namespace leadcrm::db {
namespace {

constexpr int page_rows = 1000;

std::string names_of(const std::vector<Column>& columns)
{
    std::string names;
    for (const auto& column : columns) names += (names.empty() ? "" : ", ") + column.name;
    return names;
}

}  // namespace

TableWalk::TableWalk(const Questions& db, const Table& table, const std::vector<Column>& columns,
    std::string condition)
    : db_(db)
    , table_(table.name)
    , condition_(std::move(condition))
    , column_count_(columns.size())
    , selected_(names_of(columns))
{
    for (const auto& name : table.key)
        if (!table.is_tenant() || name != "organization_id") key_.push_back(*table.find(name));
    key_names_ = names_of(key_);
    if (!key_.empty()) selected_ += ", " + key_names_;
}

void TableWalk::each(FunctionRef<void(const Row&)> take) const
{
    std::vector<Value> last;
    int rows = page_rows;
    while (rows == page_rows) {
        rows = 0;
        db_.each<AnyRow>(page_behind(last), [&](const AnyRow& row) {
            ++rows;
            last.clear();
            for (std::size_t i = 0; i < key_.size(); ++i)
                last.push_back(value_of(*row.cells, column_count_ + i, key_[i].type));
            take(*row.cells);
        });
        if (key_.empty()) return;  // one row: the organization has no other part in the key
    }
}

Sql TableWalk::page_behind(const std::vector<Value>& last) const
{
    Sql sql("SELECT " + selected_ + " FROM " + table_);
    auto word = " WHERE ";
    if (!condition_.empty()) {
        sql.add(word + condition_);
        word = " AND ";
    }
    if (!last.empty()) {
        sql.add(word + ("(" + key_names_ + ") > ("));
        for (const auto& value : last) sql.add(&value == last.data() ? "$" : ", $", value);
        sql.add(")");
    }
    if (!key_.empty()) sql.add(" ORDER BY " + key_names_);
    sql.add(" LIMIT $", page_rows);
    return sql;
}

}  // namespace leadcrm::db
