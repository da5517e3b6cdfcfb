// The walk behind statement_shape.hpp: one pass over the tokens. Each function starts at the first
// token of what it is named after and ends behind the last. Statements and tables are in
// statement_shape.cpp, conditions and expressions in statement_condition.cpp.
#pragma once

#include "platform/db/statement_shape.hpp"

#include <initializer_list>
#include <string_view>

namespace leadcrm::db {

class StatementWalk {
public:
    explicit StatementWalk(const std::vector<Token>& tokens) : tokens_(tokens) { }

    StatementShape shape();

private:
    using Words = std::initializer_list<std::string_view>;
    // The common table expressions in sight; where one is named, it counts as a subquery.
    using Names = std::vector<std::string>;
    struct Span {
        std::size_t begin;
        std::size_t end;
    };
    struct Core {  // of a query: a SELECT, or a VALUES with its rows
        std::size_t block;
        std::vector<std::vector<Span>> rows;
    };

    static bool is_one_of(const Token& token, Words words);
    [[noreturn]] void refuse(const std::string& why) const;
    const Token& now() const { return tokens_[at_]; }
    const Token& next() const;
    bool is_label() const;
    bool take(std::string_view word);
    void expect(std::string_view word);
    std::string name();
    Block& block(std::size_t index) { return shape_.blocks[index]; }
    std::size_t add_block(Block::Kind kind);

    void statement(Names names);
    void with(Names& names);
    void insert(const Names& names);
    std::vector<std::string> texts_of(const std::vector<Span>& row) const;
    void on_conflict(std::size_t inserted, const Names& names);
    void update(const Names& names);
    void remove(const Names& names);
    void assignments(std::size_t changed, const Names& names);

    std::vector<Core> query(const Names& names);
    Core values(const Names& names);
    Core select(const Names& names);
    void after_where(const Names& names);

    void relations(std::size_t in, const Names& names);
    void relation(std::size_t in, const Names& names);
    void table(std::size_t in, const Names& names);
    std::string alias(std::string otherwise);

    void condition(std::size_t in, const Names& names, std::optional<std::size_t> only);
    std::vector<Span> parts_of_condition(const Names& names, bool& has_or);
    bool ends_condition() const;
    void add_pin(std::size_t in, const Span& part, std::optional<std::size_t> only);
    bool is_distinct_from() const;
    std::vector<Span> items(const Names& names, Words stops);
    void expressions(const Names& names, Words stops, bool stops_at_comma = false);
    void expression_token(const Names& names);
    void parenthesis(const Names& names);
    void inside(const Names& names);

    const std::vector<Token>& tokens_;
    std::size_t at_ = 0;
    StatementShape shape_;
};

}  // namespace leadcrm::db
