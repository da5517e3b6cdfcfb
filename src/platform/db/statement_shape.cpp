#include "platform/db/statement_walk.hpp"
#include "platform/failure.hpp"

#include <algorithm>

namespace leadcrm::db {
namespace {

std::string written(const Token& token)
{
    return token.kind == Token::Kind::parameter ? "$" + std::to_string(token.number) : token.text;
}

}  // namespace

StatementShape shape_of(const std::vector<Token>& tokens) { return StatementWalk(tokens).shape(); }

StatementShape StatementWalk::shape()
{
    if (take("explain") && take("query")) expect("plan");
    statement({});
    take(";");
    if (now().kind != Token::Kind::end) refuse("more than one statement");
    return std::move(shape_);
}

// ---- the cursor ---------------------------------------------------------------------------------

bool StatementWalk::is_one_of(const Token& token, Words words)
{
    return std::ranges::any_of(words, [&](std::string_view word) { return token.is(word); });
}

void StatementWalk::refuse(const std::string& why) const
{
    throw Failure::internal(why + " near \"" + now().text + "\"");
}

const Token& StatementWalk::next() const { return tokens_[std::min(at_ + 1, tokens_.size() - 1)]; }

// Behind a dot or AS every word may be a name, also one that would end a clause elsewhere.
bool StatementWalk::is_label() const
{
    return now().kind == Token::Kind::word && at_ > 0
        && (tokens_[at_ - 1].is(".") || tokens_[at_ - 1].is("as"));
}

bool StatementWalk::take(std::string_view word)
{
    if (!now().is(word)) return false;
    ++at_;
    return true;
}

void StatementWalk::expect(std::string_view word)
{
    if (!take(word)) refuse("expected " + std::string(word));
}

std::string StatementWalk::name()
{
    if (now().kind != Token::Kind::word) refuse("expected a name");
    return tokens_[at_++].text;
}

std::size_t StatementWalk::add_block(Block::Kind kind)
{
    shape_.blocks.push_back({.kind = kind});
    return shape_.blocks.size() - 1;
}

// ---- statements -----------------------------------------------------------------------

void StatementWalk::statement(Names names)
{
    with(names);
    if (now().is("select") || now().is("values"))
        query(names);
    else if (take("insert"))
        insert(names);
    else if (take("update"))
        update(names);
    else if (take("delete"))
        remove(names);
    else
        refuse("a statement of another kind");
}

void StatementWalk::with(Names& names)
{
    if (!take("with")) return;
    take("recursive");
    do {
        names.push_back(name());
        shape_.new_names.push_back(names.back());
        if (now().is("(")) parenthesis(names);
        expect("as");
        if (take("not"))
            expect("materialized");
        else
            take("materialized");
        expect("(");
        statement(names);
        expect(")");
    } while (take(","));
}

void StatementWalk::insert(const Names& names)
{
    expect("into");
    const auto inserted = add_block(Block::Kind::insert);
    block(inserted).relations.push_back({name()});
    block(inserted).relations[0].alias = take("as") ? name() : block(inserted).relations[0].name;
    if (take("(")) {
        do block(inserted).columns.push_back(name());
        while (take(","));
        expect(")");
    }
    if (take("default")) {
        expect("values");
    } else {
        Names inner = names;
        with(inner);
        for (const auto& core : query(inner))
            for (const auto& row : core.rows) block(inserted).rows.push_back(texts_of(row));
    }
    while (take("on")) on_conflict(inserted, names);
    if (take("returning")) expressions(names, {});
}

std::vector<std::string> StatementWalk::texts_of(const std::vector<Span>& row) const
{
    std::vector<std::string> texts;
    for (const auto& item : row) {
        const bool is_one = item.end == item.begin + 1;
        texts.push_back(is_one ? written(tokens_[item.begin]) : std::string());
        // A star stands for any number of values, so the others' places are not known.
        if (item.end > item.begin && tokens_[item.end - 1].is("*"))
            refuse("a * in what is inserted");
    }
    return texts;
}

void StatementWalk::on_conflict(std::size_t inserted, const Names& names)
{
    expect("conflict");
    if (now().is("(")) parenthesis(names);
    if (take("where")) expressions(names, {"do"});
    expect("do");
    if (take("nothing")) return;
    expect("update");
    expect("set");
    assignments(inserted, names);
    if (take("where")) expressions(names, {"on", "returning"});
}

void StatementWalk::update(const Names& names)
{
    const auto updated = add_block(Block::Kind::update);
    table(updated, names);
    expect("set");
    assignments(updated, names);
    if (take("from")) relations(updated, names);
    if (take("where")) condition(updated, names, std::nullopt);
    if (take("returning")) expressions(names, {});
}

void StatementWalk::remove(const Names& names)
{
    expect("from");
    const auto removed = add_block(Block::Kind::remove);
    table(removed, names);
    if (take("using")) relations(removed, names);
    if (take("where")) condition(removed, names, std::nullopt);
    if (take("returning")) expressions(names, {});
}

void StatementWalk::assignments(std::size_t changed, const Names& names)
{
    do {
        if (take("(")) {
            do block(changed).assigned.push_back(name());
            while (take(","));
            expect(")");
        } else {
            block(changed).assigned.push_back(name());
        }
        expect("=");
        expressions(names, {",", "from", "where", "returning", "on"});
    } while (take(","));
}

// ---- queries --------------------------------------------------------------------------

// Returns the SELECTs and VALUES that make up its answer.
std::vector<StatementWalk::Core> StatementWalk::query(const Names& names)
{
    std::vector<Core> cores;
    do {
        take("all");
        cores.push_back(now().is("values") ? values(names) : select(names));
    } while (take("union") || take("intersect") || take("except"));
    return cores;
}

StatementWalk::Core StatementWalk::values(const Names& names)
{
    expect("values");
    Core core{add_block(Block::Kind::select), {}};
    do {
        expect("(");
        core.rows.push_back(items(names, {}));
        expect(")");
    } while (take(","));
    after_where(names);
    return core;
}

StatementWalk::Core StatementWalk::select(const Names& names)
{
    expect("select");
    if (!take("distinct")) take("all");
    Core core{add_block(Block::Kind::select), {}};
    core.rows.push_back(items(names, {"from", "where"}));
    if (take("from")) relations(core.block, names);
    if (take("where")) condition(core.block, names, std::nullopt);
    after_where(names);
    return core;
}

// GROUP BY … ORDER BY … LIMIT … FOR UPDATE SKIP LOCKED: nothing here adds a table.
void StatementWalk::after_where(const Names& names)
{
    static const Words clauses = {"group", "order", "having", "window", "limit", "offset", "fetch"};
    while (is_one_of(now(), clauses)) {
        ++at_;
        items(names, {"group", "order", "having", "window", "limit", "offset", "fetch"});
    }
    if (take("for")) {
        expect("update");
        if (take("skip")) expect("locked");
    }
}

// ---- tables ---------------------------------------------------------------------------

void StatementWalk::relations(std::size_t in, const Names& names)
{
    relation(in, names);
    for (;;) {
        if (take(",")) {
            relation(in, names);
            continue;
        }
        const bool is_outer = take("left");
        if (is_outer)
            take("outer");
        else if (!take("inner"))
            take("cross");
        if (!take("join")) {
            if (is_one_of(now(), {"right", "full", "natural"}))
                refuse("a join that lets rows past its condition");
            return;
        }
        relation(in, names);
        const auto joined = block(in).relations.size() - 1;
        if (take("on"))
            condition(in, names, is_outer ? std::optional(joined) : std::nullopt);
        else if (take("using"))
            parenthesis(names);
    }
}

void StatementWalk::relation(std::size_t in, const Names& names)
{
    if (take("(")) {
        Names inner = names;
        with(inner);
        query(inner);
        expect(")");
        Relation subquery;
        subquery.alias = alias({});
        if (now().is("(")) parenthesis(names);
        block(in).relations.push_back(std::move(subquery));
        return;
    }
    table(in, names);
}

void StatementWalk::table(std::size_t in, const Names& names)
{
    static const Words no_names = {
        "only", "lateral", "table", "select", "values", "or", "set", "where"};
    if (is_one_of(now(), no_names)) refuse("expected a table");
    Relation relation{name()};
    if (now().is(".")) refuse("a schema's name before a table's");
    if (now().is("(")) {
        parenthesis(names);
        relation.is_function = true;
    }
    relation.alias = alias(relation.name);
    // Names for the columns could make another column look like the tenant's.
    if (now().is("(") && !relation.is_function) refuse("new names for columns");
    if (now().is("(")) parenthesis(names);
    if (take("indexed")) {
        expect("by");
        name();
    }
    if (std::ranges::find(names, relation.name) != names.end()) relation.name.clear();
    block(in).relations.push_back(std::move(relation));
}

std::string StatementWalk::alias(std::string otherwise)
{
    if (take("as")) return name();
    static const Words not_aliases = {"set", "from", "where", "left", "inner", "cross", "join",
        "right", "full", "natural", "on", "using", "indexed", "group", "order", "having", "window",
        "limit", "offset", "fetch", "union", "intersect", "except", "for", "returning"};
    if (now().kind == Token::Kind::word && !is_one_of(now(), not_aliases)) return name();
    return otherwise;
}

}  // namespace leadcrm::db
