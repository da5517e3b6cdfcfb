#include "platform/db/guard.hpp"

#include "platform/db/statement_shape.hpp"

#include <algorithm>

namespace leadcrm::db {
namespace {

constexpr std::string_view search_prefix = "lead_search_";

int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

class Guard {
public:
    Guard(const std::optional<OrganizationId>& tenant, const TableKinds& kinds)
        : tenant_(tenant), kinds_(kinds)
    {
    }

    void check_touched(const std::set<std::string>& touched, const Permit& permit) const
    {
        for (const auto& table : touched) {
            if (const auto owner = owner_of_search_table(table)) {
                if (!tenant_ || *owner != *tenant_)
                    refuse(table, "another organization's search table");
            } else if (const auto* kind = find(table);
                       kind && is_guarded(*kind) && !permit.tables.contains(table)) {
                refuse(table, "a table that the text does not mention");
            }
        }
    }

    Permit check(const std::vector<Token>& tokens)
    {
        for (const auto& token : tokens)
            if (token.kind == Token::Kind::word) check_search_table(token.text);
        if (makes_or_drops_search_table(tokens)) return std::move(permit_);

        const auto shape = shape_of(tokens);
        for (const auto& name : shape.new_names)
            if (find(name)) refuse(name, "a subquery has a table's name");
        for (const auto& block : shape.blocks) check_block(block);
        for (const auto& word : shape.loose_words)
            if (const auto* kind = find(word); kind && is_guarded(*kind))
                refuse(word, "a table's name in an expression; call the column something else");
        return std::move(permit_);
    }

private:
    [[noreturn]] static void refuse(const std::string& table, const std::string& why)
    {
        throw Failure::internal(why + " (" + table + ")");
    }

    const TableKind* find(std::string_view table) const
    {
        const auto found = kinds_.find(table);
        return found == kinds_.end() ? nullptr : &found->second;
    }

    bool is_guarded(const TableKind& kind) const
    {
        return tenant_ ? !kind.key.empty() : kind.is_tenant;
    }

    void check_search_table(const std::string& word)
    {
        const auto owner = owner_of_search_table(word);
        if (!owner) return;
        if (!tenant_ || *owner != *tenant_) refuse(word, "another organization's search table");
        permit_.only_for = owner;
        permit_.tables.insert(word);
    }

    // CREATE VIRTUAL TABLE lead_search_… USING fts5 (…), DROP TABLE lead_search_…
    bool makes_or_drops_search_table(const std::vector<Token>& tokens) const
    {
        auto at = tokens.begin();
        const auto take = [&](std::string_view word) { return at->is(word) && (++at, true); };
        if (take("create")) {
            if (!take("virtual") || !take("table")) return false;
            if (take("if") && !(take("not") && take("exists"))) return false;
            if (!permit_.only_for || !permit_.tables.contains((at++)->text)) return false;
            return take("using") && take("fts5") && at->is("(") && ends_at_parenthesis(at);
        }
        if (!take("drop") || !take("table")) return false;
        if (take("if") && !take("exists")) return false;
        return permit_.only_for && permit_.tables.contains((at++)->text)
            && at->kind == Token::Kind::end;
    }

    static bool ends_at_parenthesis(std::vector<Token>::const_iterator at)
    {
        while (!at->is(")") && at->kind != Token::Kind::end) ++at;
        return at->is(")") && std::next(at)->kind == Token::Kind::end;
    }

    void check_block(const Block& block)
    {
        for (std::size_t i = 0; i < block.relations.size(); ++i) {
            const auto& relation = block.relations[i];
            if (relation.name.empty() || owner_of_search_table(relation.name)) continue;
            const auto* kind = find(relation.name);
            if (!kind && relation.is_function) continue;
            if (!kind) refuse(relation.name, "there is no such table");
            permit_.tables.insert(relation.name);
            if (!tenant_) {
                if (kind->is_tenant) refuse(relation.name, "a tenant table, and no tenant");
                continue;
            }
            const bool is_changed = i == 0 && block.kind != Block::Kind::select;
            if (kind->key.empty()) {
                if (is_changed) refuse(relation.name, "a platform table is only read here");
            } else if (is_changed && block.kind == Block::Kind::insert) {
                check_insert(block, *kind);
            } else {
                check_pinned(block, i, *kind);
            }
            if (is_changed && std::ranges::find(block.assigned, kind->key) != block.assigned.end())
                refuse(relation.name, "a row may not change its organization");
            // What was put down stays as it was; old entries may go.
            if (is_changed && relation.name.ends_with("_log") && !block.assigned.empty())
                refuse(relation.name, "a log only grows");
        }
    }

    void check_pinned(const Block& block, std::size_t index, const TableKind& kind) const
    {
        const auto& relation = block.relations[index];
        const auto same_alias = [&](const Relation& other) {
            return other.alias == relation.alias;
        };
        if (std::ranges::count_if(block.relations, same_alias) > 1)
            refuse(relation.name, "two tables with one alias");
        for (const auto& pin : block.pins) {
            const bool names_it =
                pin.alias.empty() ? block.relations.size() == 1 : pin.alias == relation.alias;
            const bool holds = !pin.only || *pin.only == index;
            if (names_it && holds && pin.column == kind.key) return;
        }
        refuse(relation.name, "no condition " + relation.alias + "." + kind.key + " = $1");
    }

    static void check_insert(const Block& block, const TableKind& kind)
    {
        const auto& table = block.relations[0].name;
        const auto column = std::ranges::find(block.columns, kind.key);
        if (column == block.columns.end() || block.rows.empty())
            refuse(table, "inserted without " + kind.key);
        const auto place = static_cast<std::size_t>(column - block.columns.begin());
        for (const auto& row : block.rows)
            if (row.size() != block.columns.size() || row[place] != "$1")
                refuse(table, "inserted with something other than $1 as " + kind.key);
    }

    const std::optional<OrganizationId>& tenant_;
    const TableKinds& kinds_;
    Permit permit_;
};

template <class Check>
auto with_its_text(const PlainStatement& statement, const Check& check)
{
    try {
        return check();
    } catch (const Failure& failure) {
        throw Failure::internal("refused statement: " + failure.detail + ": " + statement.text);
    }
}

}  // namespace

void note_column(
    TableKinds& kinds, std::string_view table, std::string_view column, bool begins_primary_key)
{
    auto& kind = kinds[std::string(table)];
    const bool is_key = table == "organizations" ? column == "id" : column == "organization_id";
    if (!is_key) return;
    kind.key = column;
    kind.is_tenant = begins_primary_key && table != "organizations";
}

std::optional<OrganizationId> owner_of_search_table(std::string_view table)
{
    if (!table.starts_with(search_prefix) || table.size() < search_prefix.size() + 32) return {};
    OrganizationId owner;
    for (std::size_t i = 0; i < 16; ++i) {
        const int high = hex_digit(table[search_prefix.size() + 2 * i]);
        const int low = hex_digit(table[search_prefix.size() + 2 * i + 1]);
        if (high < 0 || low < 0) return {};
        owner.uuid[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return owner;
}

Permit check_tenancy(const PlainStatement& statement, const std::optional<OrganizationId>& tenant,
    const TableKinds& kinds)
{
    return with_its_text(statement, [&] { return Guard(tenant, kinds).check(statement.tokens); });
}

void check_touched(const PlainStatement& statement, const std::set<std::string>& touched,
    const std::optional<OrganizationId>& tenant, const TableKinds& kinds, const Permit& permit)
{
    with_its_text(statement, [&] { Guard(tenant, kinds).check_touched(touched, permit); });
}

}  // namespace leadcrm::db
