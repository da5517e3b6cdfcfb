#include "leads/lead_list.hpp"

#include "leads/lead_search.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace leadcrm::leads {
namespace {

constexpr int few_max = 2000;
constexpr std::size_t branches_max = 16;

struct Plan {
    enum class Way { branches, found, gather, walk };
    Way way = Way::walk;
    const Filter* driver = nullptr;
    std::vector<std::int64_t> numbers = {};
};

std::string column_of(const Sort& sort)
{
    return sort.is_by_name() ? "l.name_key" : "l." + std::string(sort.field());
}

// "stage", "owner" or "form": the conditions with an index in each order of time.
std::string_view indexed_kind(const Filter& filter)
{
    if (std::holds_alternative<StageIs>(filter.what)) return "stage";
    if (std::holds_alternative<OwnerIs>(filter.what)) return "owner";
    const auto* source = std::get_if<SourceIs>(&filter.what);
    return source && source->column == SourceIs::Column::form_id ? "form" : "";
}

// The index that leads to the leads of one condition, in whatever order; empty when there is none.
std::string gathering_index(const Filter& filter)
{
    if (const auto kind = indexed_kind(filter); !kind.empty())
        return "leads_of_" + std::string(kind) + "_by_submitted_at";
    if (const auto* time = std::get_if<TimeIs>(&filter.what))
        return time->column == TimeIs::Column::submitted_at ? "leads_by_submitted_at"
                                                            : "leads_by_received_at";
    if (const auto* test = std::get_if<TestIs>(&filter.what); test && test->is_test)
        return "leads_tests";
    return "";
}

template <class Condition>
void add_branches(std::vector<Filter>& branches, Condition condition)
{
    auto values = std::move(condition.any_of);
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    for (auto& value : values) {
        condition.any_of = {std::move(value)};
        branches.push_back({condition});
    }
}

// One condition for each value.
std::vector<Filter> branches_of(const Filter& filter)
{
    std::vector<Filter> branches;
    if (const auto* stage = std::get_if<StageIs>(&filter.what)) add_branches(branches, *stage);
    if (const auto* owner = std::get_if<OwnerIs>(&filter.what)) add_branches(branches, *owner);
    if (const auto* source = std::get_if<SourceIs>(&filter.what)) add_branches(branches, *source);
    return branches;
}

// ---- writing the statements
// -----------------------------------------------------------------------

// Deleted leads are few and gone after a while, so no index leaves them out. A list fetches its
// rows and sees it there; a count goes over ten thousand in an index without fetching one.
constexpr auto not_deleted_by_index = " AND l.number NOT IN (SELECT number FROM leads"
                                      " WHERE organization_id = $1 AND deleted_at IS NOT NULL)";

class ListWriter {
public:
    ListWriter(const db::Reader& db, const ListOrder& order)
        : is_sqlite_(db.dialect() == db::Dialect::sqlite)
        , order_(order)
        , column_(column_of(order.sort))
        , direction_(order.sort.is_descending() ? " DESC" : "")
    {
    }

    db::Sql walk() const
    {
        db::Sql sql("SELECT {l.columns} FROM leads AS l");
        add_index(sql, "leads_by_" + std::string(order_.sort.field()));
        add_where(sql, nullptr, nullptr);
        add_end(sql, "l.");
        return sql;
    }

    db::Sql branches(const Filter& driver) const
    {
        const auto index = "leads_of_" + std::string(indexed_kind(driver)) + "_by_"
            + std::string(order_.sort.field());
        const auto branches = branches_of(driver);
        if (branches.size() == 1) {
            db::Sql sql("SELECT {l.columns} FROM leads AS l");
            add_branch(sql, index, driver, branches.front());
            return sql;
        }
        return looked_up([&](db::Sql& sql) {
            int number = 0;
            for (const auto& branch : branches) {
                if (number > 0) sql.add(" UNION ALL ");
                sql.add("SELECT key, number FROM (SELECT " + column_ + " AS key, l.number AS number"
                    + " FROM leads AS l");
                add_branch(sql, index, driver, branch);
                sql.add(") AS branch" + std::to_string(number++));
            }
        });
    }

    db::Sql gather(const Filter& driver) const
    {
        return looked_up([&](db::Sql& sql) {
            sql.add("SELECT " + column_ + " AS key, l.number AS number FROM leads AS l");
            add_index(sql, gathering_index(driver));
            add_where(sql, nullptr, nullptr);
        });
    }

    db::Sql found(const std::vector<std::int64_t>& numbers) const
    {
        return looked_up([&](db::Sql& sql) {
            sql.add("SELECT " + column_ + " AS key, l.number AS number FROM ");
            add_numbers(sql, numbers);
            sql.add(" AS found CROSS JOIN leads AS l");
            add_index(sql, "leads_by_number");
            add_where(sql, nullptr, nullptr);
            sql.add(" AND l.number = found.number");
        });
    }

    db::Sql count(int most, const std::vector<std::int64_t>* numbers) const
    {
        db::Sql sql("SELECT COUNT(*) FROM (SELECT 1 FROM ");
        if (numbers) {
            add_numbers(sql, *numbers);
            sql.add(" AS found CROSS JOIN ");
        }
        sql.add("leads AS l");
        if (numbers) add_index(sql, "leads_by_number");
        add_where(sql, nullptr, nullptr, not_deleted_by_index);
        if (numbers) sql.add(" AND l.number = found.number");
        sql.add(" LIMIT $) AS counted", most);
        return sql;
    }

    db::Sql count_of(const Filter& driver, int most) const
    {
        db::Sql sql("SELECT COUNT(*) FROM (SELECT 1 FROM leads AS l");
        add_index(sql, gathering_index(driver));
        sql.add(" WHERE l.organization_id = $1 AND ");
        add_condition(sql, driver);
        sql.add(" LIMIT $) AS counted", most);
        return sql;
    }

private:
    void add_index(db::Sql& sql, const std::string& index) const
    {
        if (is_sqlite_) sql.add(" INDEXED BY " + index);
    }

    static std::string joined(const std::vector<std::int64_t>& numbers)
    {
        std::string text;
        for (const auto number : numbers) {
            if (!text.empty()) text += ',';
            text += std::to_string(number);
        }
        return text;
    }

    // A table `(number)`.
    void add_numbers(db::Sql& sql, const std::vector<std::int64_t>& numbers) const
    {
        if (is_sqlite_)
            sql.add("(SELECT value AS number FROM json_each($))", '[' + joined(numbers) + ']');
        else
            sql.add("(SELECT unnest(CAST(CAST($ AS TEXT) AS BIGINT[])) AS number)",
                '{' + joined(numbers) + '}');
    }

    // Every part of the filter, `branch` in place of `driver`, behind the place to go on from.
    void add_where(db::Sql& sql, const Filter* driver, const Filter* branch,
        const char* not_deleted = " AND l.deleted_at IS NULL") const
    {
        sql.add(" WHERE l.organization_id = $1");
        sql.add(not_deleted);
        for (const auto& part : order_.filter.parts) {
            sql.add(" AND ");
            add_condition(sql, &part == driver ? *branch : part);
        }
        if (!order_.after) return;
        sql.add(" AND (" + column_ + ", l.number) " + (direction_.empty() ? "> " : "< "));
        std::visit([&](const auto& key) { sql.add("($, $)", key, order_.after->number); },
            order_.after->key);
    }

    void add_end(db::Sql& sql, const std::string& prefix) const
    {
        const auto key = prefix.empty() ? "key" : column_;
        sql.add(
            " ORDER BY " + key + direction_ + ", " + prefix + "number" + direction_ + " LIMIT $",
            order_.most);
    }

    // PostgreSQL does not see that one fixed owner, if it is nobody, leaves the order as it is.
    void add_branch(
        db::Sql& sql, const std::string& index, const Filter& driver, const Filter& branch) const
    {
        add_index(sql, index);
        add_where(sql, &driver, &branch);
        const auto* owner = std::get_if<OwnerIs>(&branch.what);
        if (owner && !owner->any_of.front())
            sql.add(" ORDER BY l.owner_id" + direction_ + ", " + column_ + direction_ + ", l.number"
                    + direction_ + " LIMIT $",
                order_.most);
        else
            add_end(sql, "l.");
    }

    // Whole rows are only fetched for the page, not for everything that is sorted.
    template <class AddKeys>
    db::Sql looked_up(const AddKeys& add_keys) const
    {
        db::Sql sql("SELECT {l.columns} FROM (SELECT key, number FROM (");
        add_keys(sql);
        sql.add(") AS keys");
        add_end(sql, "");
        sql.add(") AS page CROSS JOIN leads AS l");
        add_index(sql, "leads_by_number");
        sql.add(" WHERE l.organization_id = $1 AND l.number = page.number");
        sql.add(" ORDER BY page.key" + direction_ + ", page.number" + direction_);
        return sql;
    }

    bool is_sqlite_;
    const ListOrder& order_;
    std::string column_;
    std::string direction_;
};

// ---- choosing the way
// -----------------------------------------------------------------------------

const TextHas* find_text(const AllOf& filter)
{
    for (const auto& part : filter.parts)
        if (const auto* text = std::get_if<TextHas>(&part.what); text && !text->terms.empty())
            return text;
    return nullptr;
}

const Filter* find_kind(const AllOf& filter, std::string_view kind)
{
    for (const auto& part : filter.parts)
        if (indexed_kind(part) == kind && branches_of(part).size() <= branches_max) return &part;
    return nullptr;
}

bool is_range_of(const Filter& part, const Sort& sort)
{
    const auto* time = std::get_if<TimeIs>(&part.what);
    return time
        && sort.field()
        == (time->column == TimeIs::Column::submitted_at ? "submitted_at" : "received_at");
}

Plan choose(const db::Reader& db, const ListOrder& order)
{
    if (const auto* text = find_text(order.filter)) {
        auto numbers = find_candidates(db, text->terms, few_max + 1);
        if (numbers.size() <= std::size_t(few_max))
            return {Plan::Way::found, nullptr, std::move(numbers)};
    }
    if (!order.sort.is_by_name())
        for (const auto* kind : {"form", "owner", "stage"})
            if (const auto* driver = find_kind(order.filter, kind))
                return {Plan::Way::branches, driver};

    const ListWriter write(db, order);
    for (const auto& part : order.filter.parts) {
        if (gathering_index(part).empty() || is_range_of(part, order.sort)) continue;
        const auto count = db.row<std::int64_t>(write.count_of(part, few_max + 1));
        if (count.value_or(0) <= few_max) return {Plan::Way::gather, &part};
    }
    return {};
}

db::Sql statement_of(const Plan& plan, const ListWriter& write)
{
    switch (plan.way) {
    case Plan::Way::branches:
        return write.branches(*plan.driver);
    case Plan::Way::found:
        return write.found(plan.numbers);
    case Plan::Way::gather:
        return write.gather(*plan.driver);
    case Plan::Way::walk:
        break;
    }
    return write.walk();
}

}  // namespace

std::vector<ShownRow> list_leads(const db::Reader& db, const ListOrder& order)
{
    const auto plan = choose(db, order);
    if (plan.way == Plan::Way::found && plan.numbers.empty()) return {};
    std::vector<ShownRow> leads;
    // Rows are wide: moving them as the list grows costs a tenth of reading them.
    leads.reserve(std::size_t(order.most));
    db.each<ShownRow>(statement_of(plan, ListWriter(db, order)),
        [&](ShownRow&& lead) { leads.push_back(std::move(lead)); });
    return leads;
}

std::int64_t count_leads(const db::Reader& db, const AllOf& filter, int most)
{
    const ListOrder order{filter, {}, std::nullopt, most};
    const ListWriter write(db, order);
    if (const auto* text = find_text(filter)) {
        const auto numbers = find_candidates(db, text->terms, most);
        if (numbers.empty()) return 0;
        if (numbers.size() < std::size_t(most))
            return db.row<std::int64_t>(write.count(most, &numbers)).value_or(0);
        if (filter.parts.size() == 1) return most;
    }
    return db.row<std::int64_t>(write.count(most, nullptr)).value_or(0);
}

Place place_of(const ShownRow& lead, const Sort& sort)
{
    if (sort.is_by_name()) return {lead.name_key, lead.number};
    if (sort.field() == "submitted_at") return {lead.submitted_at.us, lead.number};
    if (sort.field() == "received_at") return {lead.received_at.us, lead.number};
    return {lead.updated_at.us, lead.number};
}

}  // namespace leadcrm::leads
