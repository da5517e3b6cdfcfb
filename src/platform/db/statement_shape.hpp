// Which tables a statement names and which conditions hold for all of their rows, as far as the
// tenancy guard (guard.hpp) has to know. Not a parser of SQL: it walks the structure of SELECT,
// INSERT, UPDATE and DELETE, with joins, subqueries and common table expressions, looks into
// conditions only for `column = $1`, and refuses what it does not know, with Failure::internal.
#pragma once

#include "platform/db/tokens.hpp"

#include <optional>
#include <string>
#include <vector>

namespace leadcrm::db {

// What a FROM, an UPDATE and so on name.
struct Relation {
    std::string name;  // empty for a subquery or a common table expression
    std::string alias;  // what columns are qualified with
    bool is_function = false;  // json_each(…)
};

// A condition `alias.column = $1` that no row gets around: a part of the WHERE or of a join's ON
// that is joined to the rest by AND alone.
struct Pin {
    std::string alias;  // empty: `column = $1`
    std::string column;
    std::optional<std::size_t> only;  // the one relation it holds for: an outer join's
};

// One SELECT, INSERT, UPDATE or DELETE, without what is nested in it.
struct Block {
    enum class Kind { select, insert, update, remove };

    Kind kind = Kind::select;
    std::vector<Relation> relations;  // the table that is changed comes first
    std::vector<Pin> pins;
    std::vector<std::string> assigned;  // UPDATE … SET, DO UPDATE SET
    std::vector<std::string> columns;  // INSERT INTO … (…)
    std::vector<std::vector<std::string>> rows;  // INSERT: each value's text when it is one token
};

struct StatementShape {
    std::vector<Block> blocks;
    std::vector<std::string> new_names;  // of common table expressions
    // Words in expressions that could be a table's name: SQLite reads `x IN leads`.
    std::vector<std::string> loose_words;
};

StatementShape shape_of(const std::vector<Token>& tokens);

}  // namespace leadcrm::db
