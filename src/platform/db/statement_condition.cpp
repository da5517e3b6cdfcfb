#include "platform/db/statement_walk.hpp"

namespace leadcrm::db {
namespace {

bool ends_everything(const Token& token)
{
    return token.kind == Token::Kind::end || token.is(")") || token.is(";");
}

// SQLite takes some of the words that end a clause for names of columns where nothing else fits.
// So a condition must not end in the middle.
bool can_end_expression(const Token& token)
{
    if (token.kind == Token::Kind::symbol) return token.is(")") || token.is("[]");
    static constexpr std::string_view go_on[] = {"and", "or", "not", "in", "is", "like", "between",
        "match", "glob", "escape", "collate", "when", "then", "else", "case", "from"};
    for (const auto word : go_on)
        if (token.is(word)) return false;
    return true;
}

}  // namespace

// Looks for pins among the parts between the ANDs. One OR beside them and nothing is pinned.
void StatementWalk::condition(std::size_t in, const Names& names, std::optional<std::size_t> only)
{
    bool has_or = false;
    const auto parts = parts_of_condition(names, has_or);
    for (const auto& part : parts) {
        if (part.begin == part.end || !can_end_expression(tokens_[part.end - 1]))
            refuse("a condition that breaks off");
        if (!has_or) add_pin(in, part, only);
    }
}

std::vector<StatementWalk::Span> StatementWalk::parts_of_condition(const Names& names, bool& has_or)
{
    std::vector<Span> parts{{at_, at_}};
    int pending_between = 0;  // x BETWEEN a AND b: this AND belongs to it
    int open_cases = 0;  // CASE … END: what is inside is one value
    while (open_cases > 0 ? !ends_everything(now()) : !ends_condition()) {
        const bool is_keyword = !is_label();
        if (is_keyword && now().is("case")) ++open_cases;
        if (is_keyword && now().is("end")) --open_cases;
        if (is_keyword && open_cases == 0) {
            if (now().is("or")) has_or = true;
            if (now().is("between")) ++pending_between;
            if (now().is("and") && pending_between > 0) {
                --pending_between;
            } else if (now().is("and")) {
                parts.back().end = at_++;
                parts.push_back({at_, at_});
                continue;
            }
        }
        expression_token(names);
    }
    parts.back().end = at_;
    return parts;
}

bool StatementWalk::ends_condition() const
{
    if (ends_everything(now())) return true;
    if (is_label()) return false;
    if (now().is("from")) return !is_distinct_from();
    if (is_one_of(now(), {"left", "right"}) && next().is("(")) return false;  // functions
    return is_one_of(now(),
        {",", "where", "join", "left", "inner", "cross", "right", "full", "natural", "group",
            "order", "having", "window", "limit", "offset", "fetch", "union", "intersect", "except",
            "for", "returning", "on", "do"});
}

void StatementWalk::add_pin(std::size_t in, const Span& part, std::optional<std::size_t> only)
{
    const auto size = part.end - part.begin;
    const auto* token = &tokens_[part.begin];
    const auto is_word = [](const Token& t) { return t.kind == Token::Kind::word; };
    const auto is_tenant = [](const Token& t) {
        return t.kind == Token::Kind::parameter && t.number == 1;
    };
    auto add = [&](const Token* column, std::size_t length) {
        if (length == 1 && is_word(column[0])) block(in).pins.push_back({"", column[0].text, only});
        if (length == 3 && is_word(column[0]) && column[1].is(".") && is_word(column[2]))
            block(in).pins.push_back({column[0].text, column[2].text, only});
    };
    if (size < 3) return;
    if (token[size - 2].is("=") && is_tenant(token[size - 1])) add(token, size - 2);
    if (token[1].is("=") && is_tenant(token[0])) add(token + 2, size - 2);
}

bool StatementWalk::is_distinct_from() const
{
    return at_ >= 2 && tokens_[at_ - 1].is("distinct")
        && is_one_of(tokens_[at_ - 2], {"is", "not"});
}

// Comma-separated expressions, as spans.
std::vector<StatementWalk::Span> StatementWalk::items(const Names& names, Words stops)
{
    std::vector<Span> found;
    do {
        const auto begin = at_;
        expressions(names, stops, true);
        found.push_back({begin, at_});
    } while (take(","));
    return found;
}

// Anything up to one of `stops` or what ends every expression.
void StatementWalk::expressions(const Names& names, Words stops, bool stops_at_comma)
{
    static const Words clauses = {"union", "intersect", "except", "group", "order", "having",
        "window", "limit", "offset", "fetch", "for"};
    while (!ends_everything(now())) {
        const bool is_keyword = !is_label() && !(now().is("from") && is_distinct_from());
        if (is_keyword && (is_one_of(now(), clauses) || is_one_of(now(), stops))) return;
        if (stops_at_comma && now().is(",")) return;
        expression_token(names);
    }
}

void StatementWalk::expression_token(const Names& names)
{
    if (now().is("(")) return parenthesis(names);
    static const Words strange = {"select", "insert", "update", "delete", "values", "where", "from",
        "into", "join", "set", "returning", "table", "only", "lateral"};
    if (!is_label() && is_one_of(now(), strange) && !is_distinct_from())
        refuse("an unexpected word");
    if (now().kind == Token::Kind::word && !is_label() && !next().is("."))
        shape_.loose_words.push_back(now().text);
    ++at_;
}

void StatementWalk::parenthesis(const Names& names)
{
    expect("(");
    if (is_one_of(now(), {"select", "with", "values"})) {
        Names inner = names;
        with(inner);
        query(inner);
    } else {
        inside(names);
    }
    expect(")");
}

// Arguments, lists, windows, FILTER (WHERE …), EXTRACT(x FROM y): words that begin a clause
// elsewhere mean nothing to us in here.
void StatementWalk::inside(const Names& names)
{
    while (!now().is(")") && now().kind != Token::Kind::end) {
        if (is_one_of(now(), {"from", "where", "distinct", "set"}))
            ++at_;
        else
            expression_token(names);
    }
}

}  // namespace leadcrm::db
