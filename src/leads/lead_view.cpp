#include "leads/lead_view.hpp"

#include "events/audience.hpp"
#include "events/log.hpp"
#include "leads/hidden_contact.hpp"
#include "leads/lead_store.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace leadcrm::leads {
namespace {

// Longer timelines show their newest end.
constexpr int timeline_max = 500;

class People {
public:
    People(const db::Reader& db, std::vector<UserId> ids)
    {
        std::sort(ids.begin(), ids.end());
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
        for (auto& person : store::list_people(db, ids))
            names_.emplace(person.id, std::move(person.name));
    }

    std::optional<Person> find(const std::optional<UserId>& id) const
    {
        if (!id) return std::nullopt;
        const auto found = names_.find(*id);
        return Person{*id, found == names_.end() ? "" : found->second};
    }

private:
    std::unordered_map<UserId, std::string> names_;
};

class Stages {
public:
    explicit Stages(const db::Reader& db) : stages_(pipeline::list_stages(db)) { }

    StageOfLead find(const pipeline::StageId& id) const
    {
        for (const auto& stage : stages_)
            if (stage.id == id) return {id, stage.name, stage.kind};
        return {id, "", {"open"}};
    }

private:
    std::vector<pipeline::Stage> stages_;
};

Lead lead_of(ShownRow&& row, const Stages& stages, const People& people, Instant now)
{
    return {.id = row.id,
        .number = row.number,
        .name = std::move(row.name),
        .email = std::move(row.email),
        .phone = std::move(row.phone),
        .phone_raw = std::move(row.phone_raw),
        .stage = stages.find(row.stage_id),
        .owner = people.find(row.owner_id),
        .source = {std::move(row.source)},
        .answers = {std::move(row.answers)},
        .custom = {std::move(row.custom)},
        .misfits = {std::move(row.misfits)},
        .submitted_at = row.submitted_at,
        .received_at = row.received_at,
        .visible_at = row.visible_at.value_or(now),
        .updated_at = row.updated_at,
        .is_test = row.is_test,
        .version = row.version,
        .submission_count = row.submission_count};
}

LeadSubmission submission_of(SubmissionRow&& row)
{
    auto source = json::from_text<Source>(row.source.text);
    return {.id = row.id,
        .leadgen_id = std::move(row.leadgen_id),
        .form_id = std::move(source.form_id),
        .form_name = std::move(source.form_name),
        .form_version = row.form_version,
        .submitted_at = row.submitted_at,
        .received_at = row.received_at,
        .is_test = row.is_test,
        .answers = {std::move(row.answers)},
        .disclaimers = {std::move(row.disclaimers)},
        .source = {std::move(row.source)}};
}

std::vector<TimelineEntry> timeline_of(const db::Reader& db, const LeadId& lead)
{
    auto events = events::list_about(db, lead, timeline_max);
    std::vector<UserId> actors;
    for (const auto& event : events)
        if (event.actor_id) actors.push_back(*event.actor_id);
    const People people(db, std::move(actors));

    std::vector<TimelineEntry> timeline;
    for (auto& event : events)
        timeline.push_back({event.seq, std::move(event.kind), event.at, people.find(event.actor_id),
            json::from_text<TimelineData>(event.data.text)});
    return timeline;
}

bool is_hidden_from(const http::Caller& caller, const Lead& lead)
{
    return !events::may_see_contact(
        caller, lead.owner ? std::optional(lead.owner->id) : std::nullopt);
}

}  // namespace

std::vector<Lead> present_whole(const db::Reader& db, std::vector<ShownRow> rows, Instant now)
{
    if (rows.empty()) return {};
    const Stages stages(db);
    std::vector<UserId> owners;
    for (const auto& row : rows)
        if (row.owner_id) owners.push_back(*row.owner_id);
    const People people(db, std::move(owners));

    std::vector<Lead> leads;
    leads.reserve(rows.size());
    for (auto& row : rows) leads.push_back(lead_of(std::move(row), stages, people, now));
    return leads;
}

std::vector<Lead> present(
    const db::Reader& db, const http::Caller& caller, std::vector<ShownRow> rows, Instant now)
{
    auto leads = present_whole(db, std::move(rows), now);
    std::optional<ContactHiding> hiding;
    for (auto& lead : leads) {
        if (!is_hidden_from(caller, lead)) continue;
        if (!hiding) hiding.emplace(db);
        hiding->hide(lead);
    }
    return leads;
}

Lead present(const db::Reader& db, const http::Caller& caller, ShownRow row, Instant now)
{
    std::vector<ShownRow> rows;
    rows.push_back(std::move(row));
    return std::move(present(db, caller, std::move(rows), now).front());
}

LeadRecord present_whole_record(const db::Reader& db, ShownRow row, Instant now)
{
    std::vector<ShownRow> rows;
    rows.push_back(std::move(row));
    LeadRecord record{std::move(present_whole(db, std::move(rows), now).front()), {}, {}};
    for (auto& submission : store::list_submissions(db, record.id))
        record.submissions.push_back(submission_of(std::move(submission)));
    record.timeline = timeline_of(db, record.id);
    return record;
}

LeadRecord present_record(
    const db::Reader& db, const http::Caller& caller, ShownRow row, Instant now)
{
    auto record = present_whole_record(db, std::move(row), now);
    if (is_hidden_from(caller, record)) ContactHiding(db).hide(record);
    return record;
}

std::unordered_map<LeadId, json::Raw> newest_disclaimers(
    const db::Reader& db, const std::vector<LeadId>& leads)
{
    db::Sql sql("SELECT lead_id, disclaimers FROM submissions WHERE organization_id = $1"
                " AND disclaimers <> '[]'");
    sql.add_in("lead_id", leads).add(" ORDER BY submitted_at DESC, id DESC");
    std::unordered_map<LeadId, json::Raw> newest;
    for (auto& [lead, disclaimers] : db.rows<std::tuple<LeadId, json::Raw>>(sql))
        newest.try_emplace(lead, std::move(disclaimers));
    return newest;
}

}  // namespace leadcrm::leads
