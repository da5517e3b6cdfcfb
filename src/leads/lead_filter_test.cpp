#include "app/testing/workspace.hpp"
#include "leads/lead_filter.hpp"
#include "leads/lead_list.hpp"
#include "leads/sample_leads.hpp"

#include <boost/json/parse.hpp>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>

namespace leadcrm::leads {
namespace {

const UserId me = UserId::make();
const http::Caller everything{.user_id = me, .sight = http::Sight::all};

AllOf read_text(std::string_view filter)
{
    LeadQuestion ask;
    ask.filter = boost::json::parse(filter);
    return read_filter(ask, everything);
}

std::vector<std::string> wrong_fields(std::string_view filter)
{
    std::vector<std::string> fields;
    try {
        read_text(filter);
    } catch (const Failure& failure) {
        for (const auto& wrong : failure.fields) fields.push_back(wrong.field);
    }
    return fields;
}
using Fields = std::vector<std::string>;

// ---- the same question, answered without SQL
// ------------------------------------------------------

struct Looker {
    const LeadRow& lead;

    bool operator()(const AllOf& all) const
    {
        return std::all_of(all.parts.begin(), all.parts.end(), *this);
    }
    bool operator()(const AnyOf& any) const
    {
        return std::any_of(any.parts.begin(), any.parts.end(), *this);
    }
    bool operator()(const Filter& filter) const { return std::visit(*this, filter.what); }
    bool operator()(const StageIs& stage) const { return has(stage.any_of, lead.stage_id); }
    bool operator()(const OwnerIs& owner) const { return has(owner.any_of, lead.owner_id); }
    bool operator()(const SourceIs& source) const
    {
        const auto& text = source.column == SourceIs::Column::platform ? lead.platform
            : source.column == SourceIs::Column::page_id               ? lead.page_id
                                                                       : lead.form_id;
        return text && has(source.any_of, *text);
    }
    bool operator()(const TimeIs& time) const
    {
        const auto at =
            time.column == TimeIs::Column::submitted_at ? lead.submitted_at : lead.received_at;
        return (!time.after || at >= *time.after) && (!time.before || at < *time.before);
    }
    bool operator()(const NameIs& name) const
    {
        if (name.how == NameIs::How::whole) return lead.name_key == name.key;
        if (name.how == NameIs::How::start) return lead.name_key.starts_with(name.key);
        return lead.name_key.find(name.key) != std::string::npos;
    }
    bool operator()(const TestIs& test) const { return lead.is_test == test.is_test; }
    bool operator()(const TextHas& text) const
    {
        return std::all_of(text.terms.begin(), text.terms.end(), [&](const Term& term) {
            return lead.search_text.find(term.padded()) != std::string::npos;
        });
    }

    template <class T>
    static bool has(const std::vector<T>& list, const T& value)
    {
        return std::find(list.begin(), list.end(), value) != list.end();
    }
};

// What there is to choose from, taken from leads that exist.
struct Choices {
    std::vector<LeadRow> leads;
};

template <class T>
rc::Gen<T> from_leads(const Choices& choices, T (*take)(const LeadRow&))
{
    return rc::gen::map(rc::gen::elementOf(choices.leads), take);
}

rc::Gen<Filter> any_filter(const Choices& choices, int depth);

rc::Gen<Filter> any_condition(const Choices& choices)
{
    using rc::gen::map;
    const auto some = [&](auto gen) {
        return rc::gen::resize(3,
            rc::gen::nonEmpty(
                rc::gen::container<std::vector<typename decltype(gen)::ValueType>>(gen)));
    };
    const auto at =
        from_leads<Instant>(choices, [](const LeadRow& lead) { return lead.submitted_at; });
    return rc::gen::oneOf(
        map(some(from_leads<pipeline::StageId>(
                choices, [](const LeadRow& l) { return l.stage_id; })),
            [](std::vector<pipeline::StageId> v) { return Filter{StageIs{std::move(v)}}; }),
        map(some(from_leads<std::optional<UserId>>(
                choices, [](const LeadRow& l) { return l.owner_id; })),
            [](std::vector<std::optional<UserId>> v) { return Filter{OwnerIs{std::move(v)}}; }),
        map(some(from_leads<std::string>(choices, [](const LeadRow& l) { return *l.form_id; })),
            [](std::vector<std::string> v) {
                return Filter{SourceIs{SourceIs::Column::form_id, std::move(v)}};
            }),
        map(from_leads<std::string>(choices, [](const LeadRow& l) { return *l.platform; }),
            [](std::string v) {
                return Filter{SourceIs{SourceIs::Column::platform, {std::move(v)}}};
            }),
        map(from_leads<std::string>(choices, [](const LeadRow& l) { return *l.page_id; }),
            [](std::string v) {
                return Filter{SourceIs{SourceIs::Column::page_id, {std::move(v)}}};
            }),
        map(rc::gen::tuple(at, at, rc::gen::arbitrary<bool>()),
            [](const std::tuple<Instant, Instant, bool>& v) {
                const auto [a, b, submitted] = v;
                return Filter{
                    TimeIs{submitted ? TimeIs::Column::submitted_at : TimeIs::Column::received_at,
                        std::min(a, b), std::max(a, b)}};
            }),
        map(rc::gen::pair(
                from_leads<std::string>(choices, [](const LeadRow& l) { return l.name_key; }),
                rc::gen::element(NameIs::How::whole, NameIs::How::start, NameIs::How::part)),
            [](const std::pair<std::string, NameIs::How>& v) {
                const auto key =
                    v.second == NameIs::How::whole ? v.first : name_key_of(v.first.substr(0, 3));
                return Filter{NameIs{v.second, key}};
            }),
        map(rc::gen::arbitrary<bool>(), [](bool v) { return Filter{TestIs{v}}; }),
        map(rc::gen::pair(from_leads<std::string>(choices, [](const LeadRow& l) { return l.name; }),
                rc::gen::inRange<std::size_t>(1, 12)),
            [](const std::pair<std::string, std::size_t>& v) {
                return Filter{TextHas{terms_of(v.first.substr(0, v.second))}};
            }));
}

rc::Gen<Filter> any_filter(const Choices& choices, int depth)
{
    if (depth == 0) return any_condition(choices);
    const auto parts = rc::gen::resize(3,
        rc::gen::container<std::vector<Filter>>(
            rc::gen::lazy([&choices, depth] { return any_filter(choices, depth - 1); })));
    return rc::gen::oneOf(any_condition(choices),
        rc::gen::map(parts, [](std::vector<Filter> v) { return Filter{AllOf{std::move(v)}}; }),
        rc::gen::map(parts, [](std::vector<Filter> v) { return Filter{AnyOf{std::move(v)}}; }));
}

template <class Row>
std::vector<std::int64_t> numbers_of(const std::vector<Row>& leads)
{
    std::vector<std::int64_t> numbers;
    for (const auto& lead : leads) numbers.push_back(lead.number);
    return numbers;
}

std::vector<LeadRow> answer_without_sql(
    const Choices& choices, const AllOf& filter, const Sort& sort)
{
    std::vector<LeadRow> leads;
    std::copy_if(choices.leads.begin(), choices.leads.end(), std::back_inserter(leads),
        [&](const LeadRow& lead) { return Looker{lead}(filter); });
    std::sort(leads.begin(), leads.end(), [&](const LeadRow& a, const LeadRow& b) {
        const auto left = place_of(a, sort);
        const auto right = place_of(b, sort);
        return sort.is_descending()
            ? std::tie(right.key, right.number) < std::tie(left.key, left.number)
            : std::tie(left.key, left.number) < std::tie(right.key, right.number);
    });
    return leads;
}

}  // namespace

TEST_CASE("the filter language is read into conditions")
{
    const auto filter = read_text(R"({"and": [
        {"stage": "stage_00000000000000000000000000"},
        {"or": [{"owner": ["me", "unassigned"]}, {"source": ["ig"]}]},
        {"submitted_at": {"after": "2026-01-01T00:00:00Z"}},
        {"name": {"starts_with": "An"}, "is_test": false}, {"text": "gmail"}]})");
    REQUIRE(filter.parts.size() == 1);
    const auto& all = std::get<AllOf>(filter.parts[0].what);
    REQUIRE(all.parts.size() == 5);
    const auto& any = std::get<AnyOf>(all.parts[1].what);
    CHECK(std::get<OwnerIs>(any.parts[0].what).any_of
        == std::vector<std::optional<UserId>>{me, std::nullopt});
    CHECK(std::get<AllOf>(all.parts[3].what).parts.size() == 2);
    CHECK(std::get<TextHas>(all.parts[4].what).terms.size() == 1);
}

TEST_CASE("every bad condition is named with its place")
{
    CHECK(wrong_fields("[]") == Fields{"filter"});
    CHECK(wrong_fields("{}") == Fields{"filter"});
    CHECK(wrong_fields(R"({"colour": "red"})") == Fields{"filter.colour"});
    CHECK(wrong_fields(R"({"and": [{"stage": "x"}, {"or": [{"owner": ["you"]}, {"is_test": 1}]}]})")
        == Fields{
            "filter.and[0].stage", "filter.and[1].or[0].owner[0]", "filter.and[1].or[1].is_test"});
    CHECK(wrong_fields(R"({"submitted_at": {"from": 1}})").size() == 1);
    CHECK(wrong_fields(R"({"name": {}})") == Fields{"filter.name"});
    CHECK(wrong_fields(R"({"form": []})") == Fields{"filter.form"});
    CHECK(wrong_fields(R"({"or": []})") == Fields{"filter.or"});
    CHECK(wrong_fields(R"({"text": ""})") == Fields{"filter.text"});
}

TEST_CASE("filters have limits in depth, number of conditions and number of values")
{
    std::string deep = R"({"is_test":true})";
    for (int i = 0; i < filter_depth_max - 1; ++i) deep = R"({"and":[)" + deep + "]}";
    CHECK(wrong_fields(deep).empty());
    CHECK(wrong_fields(R"({"and":[)" + deep + "]}").size() == 1);

    std::string many = R"({"or":[{"is_test":true})";
    for (int i = 0; i < filter_conditions_max - 2; ++i) many += R"(,{"is_test":true})";
    CHECK(wrong_fields(many + "]}").empty());
    CHECK(wrong_fields(many + R"(,{"is_test":true}]})") == Fields{"filter"});

    std::string values = R"({"form":["1")";
    for (std::size_t i = 0; i < filter_values_max - 1; ++i) values += R"(,"1")";
    CHECK(wrong_fields(values + "]}").empty());
    CHECK(wrong_fields(values + R"(,"1"]})") == Fields{"filter.form"});
}

TEST_CASE("any filter in any order finds what looking at every lead would find, page by page")
{
    testing::Workspace crm;
    crm.add_member("One", http::Sight::all);
    crm.add_member("Two", http::Sight::all);
    make_samples(*crm.database, crm.caller.organization_id, 400, 7);
    crm.database->read(crm.caller.organization_id, [&](db::Reader& db) {
        Choices choices{db.rows<LeadRow>(
            "SELECT {columns} FROM leads WHERE organization_id = $1 ORDER BY number")};
        REQUIRE(choices.leads.size() == 400);

        const bool holds = rc::check([&] {
            AllOf filter;
            filter.parts = *rc::gen::resize(
                4, rc::gen::container<std::vector<Filter>>(any_filter(choices, 2)));
            const Sort sort{*rc::gen::element<std::string>("-submitted_at", "submitted_at",
                "-received_at", "received_at", "-updated_at", "updated_at", "-name", "name")};
            const auto page = *rc::gen::inRange(1, 120);
            const auto expected = answer_without_sql(choices, filter, sort);

            std::vector<ShownRow> found;
            ListOrder order{filter, sort, std::nullopt, page};
            for (;;) {
                const auto rows = list_leads(db, order);
                found.insert(found.end(), rows.begin(), rows.end());
                if (rows.size() < std::size_t(page)) break;
                order.after = place_of(rows.back(), sort);
            }
            RC_ASSERT(numbers_of(found) == numbers_of(expected));
            RC_ASSERT(count_leads(db, filter, 1000) == std::int64_t(expected.size()));
        });
        CHECK(holds);
    });
}

}  // namespace leadcrm::leads
