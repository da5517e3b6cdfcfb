// Which leads somebody asks for: a tree of conditions, read from query parameters or from the
// filter language, and written as SQL. How such a list is found fast: lead_list.hpp.
//
//     {"and": [{"stage": ["stage_…"]},
//              {"or": [{"owner": ["me", "unassigned"]}, {"source": ["ig"]}]},
//              {"submitted_at": {"after": "2026-01-01T00:00:00Z", "before":
//              "2026-02-01T00:00:00Z"}},
//              {"name": {"starts_with": "an"}}, {"is_test": false}, {"text": "gmail"}]}
//
// A condition with several members asks for all of them. `after` includes the time itself, `before`
// does not.
#pragma once

#include "leads/folded_text.hpp"
#include "pipeline/stage.hpp"
#include "platform/db/sql.hpp"
#include "platform/http/right.hpp"
#include "platform/json/json.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace leadcrm::leads {

constexpr int filter_depth_max = 5;
constexpr int filter_conditions_max = 50;
constexpr std::size_t filter_values_max = 100;

struct Filter;

struct AllOf {
    std::vector<Filter> parts;
};
struct AnyOf {
    std::vector<Filter> parts;
};
struct StageIs {
    std::vector<pipeline::StageId> any_of;
};
struct OwnerIs {
    std::vector<std::optional<UserId>> any_of;  // nobody: unassigned
};
struct SourceIs {
    enum class Column { platform, page_id, form_id };
    Column column = Column::platform;
    std::vector<std::string> any_of;
};
struct TimeIs {
    enum class Column { submitted_at, received_at };
    Column column = Column::submitted_at;
    std::optional<Instant> after;  // and at that time
    std::optional<Instant> before;
};
struct NameIs {
    enum class How { whole, start, part };
    How how = How::whole;
    std::string key;  // folded
    bool hides_contacts = false;  // names of leads that nobody has are not searched for contacts
};
struct TestIs {
    bool is_test = false;
};
struct TextHas {
    std::vector<Term> terms;
    bool hides_contacts = false;  // of leads that nobody has, only the name is searched
};

struct Filter {
    std::variant<AllOf, AnyOf, StageIs, OwnerIs, SourceIs, TimeIs, NameIs, TestIs, TextHas> what;
};

// "me", "unassigned" or a user's id.
struct OwnerChoice {
    std::string value;

    static OwnerChoice check(std::string text);
    static boost::json::object schema();
};

// The filters as query parameters; all that are given must hold.
struct LeadQuestion {
    std::optional<Text<0, 200>> q;
    std::vector<pipeline::StageId> stage;
    std::vector<OwnerChoice> owner;
    std::vector<Text<1, 100>> source;
    std::vector<Text<1, 100>> form;
    std::optional<Instant> submitted_after;
    std::optional<Instant> submitted_before;
    std::optional<json::value> filter;
};
BOOST_DESCRIBE_STRUCT(
    LeadQuestion, (), (q, stage, owner, source, form, submitted_after, submitted_before, filter))

// Of what the caller sees, and by what they see of it: who may not see the contact of a lead does
// not find it by its contact. Throws Failure::invalid that names every bad field
// ("filter.and[1].stage").
AllOf read_filter(const LeadQuestion& ask, const http::Caller& caller);

// Writes a condition in parentheses.
void add_condition(db::Sql& sql, const Filter& filter);

}  // namespace leadcrm::leads
