#include "leads/lead_filter.hpp"

#include "events/audience.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace leadcrm::leads {
namespace {

// What the conditions look like as JSON.
struct TimeAsk {
    std::optional<Instant> after;
    std::optional<Instant> before;
};
BOOST_DESCRIBE_STRUCT(TimeAsk, (), (after, before))

struct NameAsk {
    std::optional<Text<1, 200>> is;
    std::optional<Text<1, 200>> starts_with;
    std::optional<Text<1, 200>> contains;
};
BOOST_DESCRIBE_STRUCT(NameAsk, (), (is, starts_with, contains))

std::vector<std::optional<UserId>> owners_of(
    const std::vector<OwnerChoice>& choices, const UserId& me)
{
    std::vector<std::optional<UserId>> owners;
    for (const auto& choice : choices) {
        if (choice.value == "unassigned")
            owners.emplace_back(std::nullopt);
        else
            owners.emplace_back(choice.value == "me" ? me : UserId::parse(choice.value));
    }
    return owners;
}

template <class T>
std::vector<std::string> texts_of(const std::vector<T>& fields)
{
    std::vector<std::string> texts;
    for (const auto& field : fields) texts.push_back(field.value);
    return texts;
}

class FilterReader {
public:
    explicit FilterReader(const http::Caller& caller)
        : me_(caller.user_id), hides_contacts_(!events::may_see_contact(caller, std::nullopt))
    {
    }

    TextHas text(const std::string& query) const { return {terms_of(query), hides_contacts_}; }

    Filter read(const json::value& tree, const std::string& field, int depth)
    {
        AllOf all;
        const auto* members = tree.if_object();
        if (!members) {
            json::add_type_error(errors_, field, "an object");
        } else if (members->empty()) {
            refuse(field, "empty", "Please name at least one condition.");
        } else {
            for (const auto& [key, value] : *members)
                read_member(all, key, value, field + "." + std::string(key), depth);
        }
        if (all.parts.size() == 1) return std::move(all.parts.front());
        return {std::move(all)};
    }

    void check_size(std::size_t count, const std::string& field)
    {
        if (count > filter_values_max)
            refuse(field, "too_many",
                "Please give at most " + std::to_string(filter_values_max) + " values.");
    }

    json::Errors& errors() { return errors_; }

private:
    void refuse(const std::string& field, std::string code, std::string message)
    {
        json::add_error(errors_, field, std::move(code), std::move(message));
    }

    void read_member(AllOf& all, std::string_view key, const json::value& value,
        const std::string& field, int depth)
    {
        if (++conditions_ > filter_conditions_max) {
            if (conditions_ == filter_conditions_max + 1)
                refuse("filter", "too_many",
                    "Please use at most " + std::to_string(filter_conditions_max) + " conditions.");
            return;
        }
        if (key == "and")
            all.parts.push_back({AllOf{read_group(value, field, depth)}});
        else if (key == "or")
            all.parts.push_back({AnyOf{read_group(value, field, depth)}});
        else if (key == "stage")
            all.parts.push_back({StageIs{read_list<pipeline::StageId>(value, field)}});
        else if (key == "owner")
            all.parts.push_back({OwnerIs{owners_of(read_list<OwnerChoice>(value, field), me_)}});
        else if (key == "source")
            all.parts.push_back(source(SourceIs::Column::platform, value, field));
        else if (key == "page")
            all.parts.push_back(source(SourceIs::Column::page_id, value, field));
        else if (key == "form")
            all.parts.push_back(source(SourceIs::Column::form_id, value, field));
        else if (key == "submitted_at")
            all.parts.push_back(time(TimeIs::Column::submitted_at, value, field));
        else if (key == "received_at")
            all.parts.push_back(time(TimeIs::Column::received_at, value, field));
        else if (key == "name")
            read_name(all, value, field);
        else if (key == "is_test")
            all.parts.push_back({TestIs{read_one<bool>(value, field)}});
        else if (key == "text")
            all.parts.push_back({text(read_one<Text<1, 200>>(value, field).value)});
        else
            refuse(field, "unknown",
                "This is no condition; there are and, or, stage, owner, source, page, form, "
                "submitted_at, received_at, name, is_test and text.");
    }

    std::vector<Filter> read_group(const json::value& value, const std::string& field, int depth)
    {
        std::vector<Filter> parts;
        const auto* items = value.if_array();
        if (!items || items->empty()) {
            refuse(field, "type", "Please give a list of conditions.");
            return parts;
        }
        if (depth >= filter_depth_max) {
            refuse(field, "too_deep",
                "Please nest conditions at most " + std::to_string(filter_depth_max) + " deep.");
            return parts;
        }
        for (std::size_t i = 0; i < items->size() && conditions_ <= filter_conditions_max; ++i)
            parts.push_back(read((*items)[i], field + "[" + std::to_string(i) + "]", depth + 1));
        return parts;
    }

    template <class T>
    T read_one(const json::value& value, const std::string& field)
    {
        T out{};
        json::read_into(out, value, field, errors_);
        return out;
    }

    // One value needs no brackets.
    template <class T>
    std::vector<T> read_list(const json::value& value, const std::string& field)
    {
        if (!value.is_array()) return {read_one<T>(value, field)};
        check_size(value.get_array().size(), field);
        if (value.get_array().empty()) refuse(field, "empty", "Please give at least one value.");
        return read_one<std::vector<T>>(value, field);
    }

    Filter source(SourceIs::Column column, const json::value& value, const std::string& field)
    {
        return {SourceIs{column, texts_of(read_list<Text<1, 100>>(value, field))}};
    }

    Filter time(TimeIs::Column column, const json::value& value, const std::string& field)
    {
        const auto ask = read_one<TimeAsk>(value, field);
        if (value.is_object() && value.get_object().empty())
            refuse(field, "empty", "Please give after, before or both.");
        return {TimeIs{column, ask.after, ask.before}};
    }

    void read_name(AllOf& all, const json::value& value, const std::string& field)
    {
        const auto ask = read_one<NameAsk>(value, field);
        if (value.is_object() && value.get_object().empty())
            refuse(field, "empty", "Please give is, starts_with or contains.");
        const auto add = [&](NameIs::How how, const std::optional<Text<1, 200>>& text) {
            if (text) all.parts.push_back({NameIs{how, name_key_of(text->value), hides_contacts_}});
        };
        add(NameIs::How::whole, ask.is);
        add(NameIs::How::start, ask.starts_with);
        add(NameIs::How::part, ask.contains);
    }

    UserId me_;
    bool hides_contacts_;
    json::Errors errors_;
    int conditions_ = 0;
};

// ---- as SQL -------------------------------------------------------------------------------------

template <class List>
void add_in(db::Sql& sql, std::string_view column, const List& list)
{
    const char* before = " IN ($";
    sql.add(column);
    for (const auto& item : list) {
        sql.add(before, item);
        before = ", $";
    }
    sql.add(list.empty() ? " IN (NULL)" : ")");
}

template <class Parts>
void add_group(db::Sql& sql, const Parts& parts, const char* between, const char* when_empty)
{
    bool first = true;
    for (const auto& part : parts) {
        if (!std::exchange(first, false)) sql.add(between);
        add_condition(sql, part);
    }
    if (first) sql.add(when_empty);
}

constexpr const char* name_of(SourceIs::Column column)
{
    switch (column) {
    case SourceIs::Column::platform:
        return "platform";
    case SourceIs::Column::page_id:
        return "page_id";
    case SourceIs::Column::form_id:
        break;
    }
    return "form_id";
}

bool has_digit(std::string_view text)
{
    return std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Some people give their address or number for a name. So for who may not see a contact, what
// nobody has yet is never found by digits, and not at all by a name that is an address.
template <class AddMore>
void add_guard(db::Sql& sql, bool asks_digits, const AddMore& add_more)
{
    sql.add(" AND (owner_id IS NOT NULL");
    if (!asks_digits) {
        sql.add(" OR (name_key NOT LIKE '%@%'");
        add_more();
        sql.add(")");
    }
    sql.add(")");
}

// As search_text has it: short terms stand at the edges of words. Those of other scripts are looked
// for anywhere, which tells nothing, for no address and no number is written in them.
void add_in_name(db::Sql& sql, const Term& term)
{
    const bool is_ascii = std::ranges::all_of(term.text, [](char c) { return (c & 0x80) == 0; });
    const auto place = is_ascii ? term.place : Term::Place::anywhere;
    auto text = term.text;
    if (place == Term::Place::word_start) text = ' ' + text;
    if (place == Term::Place::word_end) text += ' ';
    sql.add(R"( AND ' ' || name_key || ' ' LIKE $ ESCAPE '\')", like_pattern(text));
}

struct ConditionWriter {
    db::Sql& sql;

    void operator()(const AllOf& all) const { add_group(sql, all.parts, " AND ", "TRUE"); }
    void operator()(const AnyOf& any) const { add_group(sql, any.parts, " OR ", "FALSE"); }
    void operator()(const StageIs& stage) const { add_in(sql, "stage_id", stage.any_of); }
    void operator()(const SourceIs& source) const
    {
        add_in(sql, name_of(source.column), source.any_of);
    }
    void operator()(const OwnerIs& owner) const
    {
        std::vector<UserId> users;
        bool unassigned = false;
        for (const auto& one : owner.any_of) one ? users.push_back(*one) : void(unassigned = true);
        if (unassigned) sql.add(users.empty() ? "owner_id IS NULL" : "owner_id IS NULL OR ");
        if (!users.empty() || !unassigned) add_in(sql, "owner_id", users);
    }
    void operator()(const TimeIs& time) const
    {
        const std::string column =
            time.column == TimeIs::Column::submitted_at ? "submitted_at" : "received_at";
        if (time.after) sql.add(column + " >= $", *time.after);
        if (time.after && time.before) sql.add(" AND ");
        if (time.before) sql.add(column + " < $", *time.before);
        if (!time.after && !time.before) sql.add("TRUE");
    }
    void operator()(const NameIs& name) const
    {
        if (name.how == NameIs::How::whole) {
            sql.add("name_key = $", name.key);
        } else {
            auto pattern = like_pattern(name.key);
            if (name.how == NameIs::How::start) pattern.erase(0, 1);
            sql.add(R"(name_key LIKE $ ESCAPE '\')", pattern);
        }
        if (name.hides_contacts) add_guard(sql, has_digit(name.key), [] {});
    }
    void operator()(const TestIs& test) const
    {
        sql.add(test.is_test ? "is_test = TRUE" : "is_test = FALSE");
    }
    void operator()(const TextHas& text) const
    {
        const char* between = "";
        for (const auto& term : text.terms) {
            sql.add(between);
            sql.add(R"(search_text LIKE $ ESCAPE '\')", like_pattern(term.padded()));
            between = " AND ";
        }
        if (text.terms.empty()) sql.add("TRUE");
        if (!text.hides_contacts) return;
        const auto asks_digits =
            std::ranges::any_of(text.terms, [](const Term& term) { return has_digit(term.text); });
        add_guard(sql, asks_digits, [&] {
            for (const auto& term : text.terms) add_in_name(sql, term);
        });
    }
};

}  // namespace

OwnerChoice OwnerChoice::check(std::string text)
{
    if (text != "me" && text != "unassigned" && !UserId::parse(text))
        throw BadField("owner", "Please give the id of a user, me or unassigned.");
    return {std::move(text)};
}

boost::json::object OwnerChoice::schema()
{
    return {{"type", "string"}, {"description", "me, unassigned or the id of a user"}};
}

AllOf read_filter(const LeadQuestion& ask, const http::Caller& caller)
{
    AllOf all;
    FilterReader reader(caller);
    const auto add_list = [&](const char* field, const auto& given, auto condition) {
        reader.check_size(given.size(), field);
        if (!given.empty()) all.parts.push_back({std::move(condition)});
    };
    add_list("stage", ask.stage, StageIs{ask.stage});
    add_list("owner", ask.owner, OwnerIs{owners_of(ask.owner, caller.user_id)});
    add_list("source", ask.source, SourceIs{SourceIs::Column::platform, texts_of(ask.source)});
    add_list("form", ask.form, SourceIs{SourceIs::Column::form_id, texts_of(ask.form)});
    if (ask.submitted_after || ask.submitted_before)
        all.parts.push_back(
            {TimeIs{TimeIs::Column::submitted_at, ask.submitted_after, ask.submitted_before}});
    if (ask.q)
        if (auto text = reader.text(ask.q->value); !text.terms.empty())
            all.parts.push_back({std::move(text)});
    if (ask.filter) all.parts.push_back(reader.read(*ask.filter, "filter", 1));

    if (!reader.errors().empty()) throw Failure::invalid(std::move(reader.errors()));
    if (auto owners = events::owners_in_sight(caller))
        all.parts.push_back({OwnerIs{std::move(*owners)}});
    return all;
}

void add_condition(db::Sql& sql, const Filter& filter)
{
    sql.add("(");
    std::visit(ConditionWriter{sql}, filter.what);
    sql.add(")");
}

}  // namespace leadcrm::leads
