#include "leads/lead_api.hpp"

#include "events/audience.hpp"
#include "leads/assignment.hpp"
#include "leads/deleted_lead_api.hpp"
#include "leads/hidden_contact.hpp"
#include "leads/lead_list.hpp"
#include "leads/lead_rules.hpp"
#include "leads/lead_store.hpp"
#include "leads/lead_view.hpp"

#include <utility>

namespace leadcrm::leads {
namespace {

constexpr int count_max = 10'000;

struct ListLeads : LeadQuestion {
    std::optional<Whole<1, 200>> limit;
    std::optional<Text<1, 2000>> cursor;
    std::optional<Sort> sort;
};
BOOST_DESCRIBE_STRUCT(ListLeads, (LeadQuestion), (limit, cursor, sort))

struct LeadCount {
    std::int64_t count = 0;
    bool capped = false;
};
BOOST_DESCRIBE_STRUCT(LeadCount, (), (count, capped))

struct ReadLead {
    LeadId id;
};
BOOST_DESCRIBE_STRUCT(ReadLead, (), (id))

// A place in the order of names tells a name, which may be an address or a number. So whoever is
// not shown all contacts gets places without them, and goes on from where that lead stands now.
bool has_bare_places(const http::Caller& caller, const Sort& sort)
{
    return sort.is_by_name() && !events::may_see_contact(caller, std::nullopt);
}

Place place_to_go_on(
    const db::Reader& db, const http::Caller& caller, const ListLeads& ask, const Sort& sort)
{
    const LeadQuestion& question = ask;
    auto place = read_cursor(ask.cursor->value, sort, question);
    if (has_bare_places(caller, sort)) {
        auto key = store::find_name_key(db, place.number, caller);
        if (!key)
            throw Failure::invalid("cursor", "cursor",
                "The last lead of this list has gone. Please start from its beginning.");
        place.key = std::move(*key);
    }
    return place;
}

std::string cursor_for(
    const http::Caller& caller, const ShownRow& last, const Sort& sort, const LeadQuestion& ask)
{
    auto place = place_of(last, sort);
    if (has_bare_places(caller, sort)) place.key = "";
    return cursor_text(place, sort, ask);
}

http::Page<Lead> list(
    const db::Reader& db, const http::Caller& caller, const ListLeads& ask, Shown& shown)
{
    const LeadQuestion& question = ask;
    const auto limit = int(ask.limit.value_or(Whole<1, 200>{50}).value);
    ListOrder order{
        read_filter(question, caller), ask.sort.value_or(Sort{}), std::nullopt, limit + 1};
    if (ask.cursor) order.after = place_to_go_on(db, caller, ask, order.sort);

    auto rows = list_leads(db, order);
    http::Page<Lead> page;
    if (rows.size() > std::size_t(limit)) {
        rows.resize(std::size_t(limit));
        page.next_cursor = cursor_for(caller, rows.back(), order.sort, question);
    }
    const auto now = Instant::now();
    if (!caller.is_support) shown.note(caller.organization_id, unseen_of(rows), now);
    page.data = present(db, caller, std::move(rows), now);
    return page;
}

LeadCount count(const db::Reader& db, const http::Caller& caller, const LeadQuestion& ask)
{
    const auto count = count_leads(db, read_filter(ask, caller), count_max + 1);
    return {std::min<std::int64_t>(count, count_max), count > count_max};
}

template <class T>
http::Answer<T> with_version(T lead)
{
    const auto version = '"' + std::to_string(lead.version) + '"';
    return {std::move(lead), 200, {{"ETag", version}}};
}

http::Answer<LeadRecord> read(
    const db::Reader& db, const http::Caller& caller, const ReadLead& ask, Shown& shown)
{
    auto row = store::find(db, ask.id, caller);
    if (!row)
        throw Failure::not_found(
            "This lead is not here. It may have been given to somebody else or deleted.");
    const auto now = Instant::now();
    if (!row->visible_at && !caller.is_support) shown.note(caller.organization_id, {row->id}, now);
    return with_version(present_record(db, caller, std::move(*row), now));
}

http::Answer<Lead> change_lead(db::Tx& tx, const http::Caller& caller, const LeadChange& ask)
{
    auto row = change(tx, caller, ask);
    return with_version(present(tx, caller, std::move(row), Instant::now()));
}

}  // namespace

void add_routes(http::Routes& api, Shown& shown)
{
    using http::Right;
    api.read("GET", "/api/v1/leads",
        [&shown](db::Reader& db, const http::Caller& caller, const ListLeads& ask) {
            return list(db, caller, ask, shown);
        },
        {"List leads, newest first", Right::read_leads,
            "All filters that are given must hold. `filter` takes the full filter language as JSON: "
            "and, or, stage, owner, source, page, form, submitted_at, received_at, name, is_test and "
            "text. There is no total: see /api/v1/leads/count. With `contact_hidden`, phone and "
            "e-mail are masked wherever they stand, until the caller takes the lead; text finds "
            "such a lead by its name only."});
    api.read("GET", "/api/v1/leads/count", count,
        {"Count leads, up to 10 000", Right::read_leads, "`capped` is true when there are more."});
    api.read("GET", "/api/v1/leads/{id}",
        [&shown](db::Reader& db, const http::Caller& caller, const ReadLead& ask) {
            return read(db, caller, ask, shown);
        },
        {"Read one lead with its submissions and timeline", Right::read_leads});
    api.write("PATCH", "/api/v1/leads/{id}", change_lead,
        {"Change the stage, the contact or the custom fields of a lead", Right::write_leads,
            "If-Match names the version that the change is based on. An empty e-mail or phone and a "
            "null custom field are taken away. `custom` names fields by key: {\"budget\":1200}."});
    api.write("POST", "/api/v1/leads/assign", assign,
        {"Give leads to a person, or to nobody", Right::assign_leads,
            "At most 200 at once, of those the caller sees, to one of /api/v1/assignees. Without "
            "`owner_id` the leads wait unassigned."});
    api.read("GET", "/api/v1/assignees",
        [](const db::Reader& db, const http::Caller& caller, const http::Nothing&) {
            return http::Page<Assignee>{list_assignees(db, caller), std::nullopt};
        },
        {"List the people that leads may be given to", Right::assign_leads,
            "For an owner all members, for a team lead the people of the teams they lead. "
            "`paused_at`: takes no new leads since then."});
    api.write("POST", "/api/v1/leads/{id}/take",
        [](db::Tx& tx, const http::Caller& caller, const ReadLead& ask) {
            return with_version(present(tx, caller, take(tx, caller, ask.id), Instant::now()));
        },
        {"Take a lead that nobody has", Right::write_leads,
            "Of two who take it at once one gets it; for the other it is out of sight (404), or 409 "
            "where the caller sees the other's leads."});
    add_deleted_routes(api);
}

events::Describe describe_for_stream()
{
    return [](const db::Reader& db, const std::vector<LeadId>& ids) {
        auto rows = store::find_all(db, ids);
        std::map<LeadId, events::News> news;
        const auto now = Instant::now();
        for (const auto& row : rows)
            news[row.id] = {
                "", "", row.owner_id, row.visible_at ? std::nullopt : std::optional(now)};
        std::optional<ContactHiding> hiding;
        for (auto& lead : present_whole(db, std::move(rows), now)) {
            auto& told = news[lead.id];
            json::append_text(told.lead_json, lead);
            if (lead.owner) continue;
            if (!hiding) hiding.emplace(db);
            hiding->hide(lead);
            json::append_text(told.hidden_json, lead);
        }
        return news;
    };
}

}  // namespace leadcrm::leads
