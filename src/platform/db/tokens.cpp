#include "platform/db/tokens.hpp"

#include "platform/failure.hpp"

#include <algorithm>
#include <array>

namespace leadcrm::db {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r' && c != '\v'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool starts_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
        || static_cast<unsigned char>(c) >= 0x80;
}
bool goes_on_word(char c) { return starts_word(c) || is_digit(c) || c == '$'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

constexpr std::array<std::string_view, 10> long_symbols = {
    "->>", "->", "||", "<=", ">=", "<>", "!=", "==", "::", "[]"};
constexpr std::string_view short_symbols = "()+-*/%=<>,.;";

class Cutter {
public:
    explicit Cutter(std::string_view sql) : sql_(sql) { }

    std::vector<Token> cut()
    {
        while (skip_space_and_comments()) cut_one();
        add(Token::Kind::end, sql_.size());
        return std::move(tokens_);
    }

private:
    [[noreturn]] void refuse(const std::string& why) const
    {
        throw Failure::internal(
            "refused statement: " + why + " at " + std::to_string(at_) + ": " + std::string(sql_));
    }

    char peek(std::size_t ahead = 0) const
    {
        return at_ + ahead < sql_.size() ? sql_[at_ + ahead] : '\0';
    }

    template <class Test>
    std::size_t end_of_run(std::size_t from, Test test) const
    {
        while (from < sql_.size() && test(sql_[from])) ++from;
        return from;
    }

    // False at the end of the text.
    bool skip_space_and_comments()
    {
        for (;;) {
            at_ = end_of_run(at_, is_space);
            if (peek() == '-' && peek(1) == '-') {
                at_ = end_of_run(at_, [](char c) { return c != '\n'; });
            } else if (peek() == '/' && peek(1) == '*') {
                const auto end = sql_.find("*/", at_ + 2);
                if (end == std::string_view::npos) refuse("a comment without an end");
                if (sql_.substr(at_ + 2, end - at_ - 1).find("/*") != std::string_view::npos)
                    refuse("a comment in a comment");
                at_ = end + 2;
            } else {
                return at_ < sql_.size();
            }
        }
    }

    void add(Token::Kind kind, std::size_t end, int number = 0)
    {
        std::string text(sql_.substr(at_, end - at_));
        if (kind == Token::Kind::word) std::ranges::transform(text, text.begin(), lower);
        tokens_.push_back({kind, std::move(text), number, at_, end - at_});
        at_ = end;
    }

    void cut_one()
    {
        const char c = peek();
        if (starts_word(c))
            cut_word();
        else if (is_digit(c) || (c == '.' && is_digit(peek(1))))
            cut_number();
        else if (c == '\'')
            cut_text();
        else if (c == '$')
            cut_parameter();
        else
            cut_symbol();
    }

    void cut_word()
    {
        const auto end = end_of_run(at_, goes_on_word);
        const auto word = sql_.substr(at_, end - at_);
        if (word.find('$') != std::string_view::npos) refuse("a $ inside a name");
        // E'…' and U&'…' have rules of their own; x'…' is the same everywhere.
        const bool before_quote = end < sql_.size() && sql_[end] == '\'';
        if (before_quote && word != "x" && word != "X") refuse("a name before a quote");
        add(Token::Kind::word, end);
    }

    void cut_number()
    {
        auto end = end_of_run(at_, [](char c) { return is_digit(c) || c == '.'; });
        if (end < sql_.size() && lower(sql_[end]) == 'e') {
            ++end;
            if (end < sql_.size() && (sql_[end] == '+' || sql_[end] == '-')) ++end;
            end = end_of_run(end, is_digit);
        }
        if (end < sql_.size() && goes_on_word(sql_[end])) refuse("a number that goes on");
        add(Token::Kind::number, end);
    }

    void cut_text()
    {
        auto end = sql_.find('\'', at_ + 1);
        while (end != std::string_view::npos && end + 1 < sql_.size() && sql_[end + 1] == '\'')
            end = sql_.find('\'', end + 2);
        if (end == std::string_view::npos) refuse("a text without an end");
        add(Token::Kind::text, end + 1);
    }

    void cut_parameter()
    {
        const auto end = end_of_run(at_ + 1, is_digit);
        if (end - at_ > 6) refuse("a parameter with too high a number");
        if (end < sql_.size() && goes_on_word(sql_[end])) refuse("a parameter that goes on");
        int number = 0;
        for (auto i = at_ + 1; i < end; ++i) number = number * 10 + (sql_[i] - '0');
        if (end > at_ + 1 && (number == 0 || sql_[at_ + 1] == '0'))
            refuse("a parameter that does not count from 1");
        add(Token::Kind::parameter, end, number);
    }

    void cut_symbol()
    {
        for (const auto symbol : long_symbols)
            if (sql_.substr(at_).starts_with(symbol))
                return add(Token::Kind::symbol, at_ + symbol.size());
        if (short_symbols.find(peek()) == std::string_view::npos)
            refuse("a character that means different things to different databases");
        add(Token::Kind::symbol, at_ + 1);
    }

    std::string_view sql_;
    std::size_t at_ = 0;
    std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokens_of(std::string_view sql) { return Cutter(sql).cut(); }

}  // namespace leadcrm::db
