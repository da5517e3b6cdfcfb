// SQL cut into tokens, as far as placeholders (sql.hpp), the tenancy guard (guard.hpp) and the
// migrations for SQLite (migrate.hpp) need it.
//
// SQLite and PostgreSQL disagree about the odd corners of the language: whether comments nest, what
// a backslash does in E'…', whether "x" may be a string, where a number ends. A text in such a
// corner could look harmless here and mean something else there, so it is refused, with
// Failure::internal, instead of being understood.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::db {

struct Token {
    enum class Kind { word, number, text, parameter, symbol, end };

    Kind kind = Kind::end;
    std::string text;  // words in lower case; literals with their quotes
    int number = 0;  // of a parameter; 0 for a bare `$`
    std::size_t at = 0;  // in bytes from the start
    std::size_t size = 0;

    bool is(std::string_view word_or_symbol) const
    {
        return (kind == Kind::word || kind == Kind::symbol) && text == word_or_symbol;
    }
};

// Comments and white space are left out; the last token is of kind `end`.
std::vector<Token> tokens_of(std::string_view sql);

}  // namespace leadcrm::db
