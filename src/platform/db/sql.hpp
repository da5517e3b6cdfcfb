// A statement and its values. One text serves SQLite and PostgreSQL.
#pragma once

#include "platform/db/tokens.hpp"
#include "platform/db/value.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::db {

// `$1` is the tenant in an organization's session and the first value in a platform session, so the
// values given here are `$2…` there and `$1…` here. Text added later writes a bare `$` for each of
// its values; they are numbered when the statement runs.
//
//     db::Sql sql("SELECT {columns} FROM leads WHERE organization_id = $1 AND page_id = $2", page);
//     if (ask.stage) sql.add(" AND stage_id = $", *ask.stage);
class Sql {
public:
    template <class... A>
    explicit Sql(std::string_view text, const A&... values)
        : text_(text), values_{to_value(values)...}
    {
    }

    template <class... A>
    Sql& add(std::string_view text, const A&... values)
    {
        text_ += text;
        (values_.push_back(to_value(values)), ...);
        return *this;
    }

    // " AND stage_id IN ($, $, $)"; an empty list matches nothing.
    template <class List>
    Sql& add_in(std::string_view column, const List& list)
    {
        text_ += " AND ";
        text_ += column;
        text_ += " IN (";
        bool first = true;
        for (const auto& item : list) {
            text_ += first ? "$" : ", $";
            first = false;
            values_.push_back(to_value(item));
        }
        text_ += first ? "NULL)" : ")";
        return *this;
    }

    const std::string& text() const { return text_; }
    const std::vector<Value>& values() const { return values_; }

private:
    std::string text_;
    std::vector<Value> values_;
};

// Names the members of a described struct. The function's address also stands for the type, which
// is what the drivers' caches go by.
using ColumnNames = std::vector<std::string_view> (*)();

// One statement as its author wrote it, on its way to a driver. It is made plain when it is
// prepared and found by its text afterwards.
struct Statement {
    std::string_view text;
    std::span<const Value> values;
    ColumnNames columns = nullptr;  // what {columns} and {values} stand for
    std::optional<OrganizationId> tenant;
};

// What a database is given to prepare: {columns} and {values} written out, every bare `$` numbered.
// Throws Failure::internal when the text asks for more or fewer values than there are.
struct PlainStatement {
    std::string text;
    std::vector<Token> tokens;
};
PlainStatement plain(const Statement& statement);

// Puts names in place of {columns} and {t.columns} (with a table's alias), and the placeholders
// `$first_value…` in place of {values}.
std::string expand_columns(
    std::string_view text, const std::vector<std::string_view>& names, int first_value);

}  // namespace leadcrm::db
