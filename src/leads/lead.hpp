// What a lead is: a person who answered one of our customer's ads, with 1…n submissions. Where
// leads come in: lead_intake.hpp. Where they are stored: lead_store.hpp. Over HTTP: lead_api.hpp.
#pragma once

#include "leads/submission.hpp"
#include "pipeline/stage.hpp"
#include "platform/id.hpp"
#include "platform/json/json.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::leads {

using LeadId = Id<"lead">;
using SubmissionId = Id<"submission">;

// What a list shows of a row of the table `leads`. Source, answers and the three times are the
// latest submission's.
struct ShownRow {
    LeadId id;
    std::int64_t number = 0;
    std::string name;
    std::string name_key;  // folded, for sorting
    std::optional<std::string> email;
    std::optional<std::string> phone;  // E.164
    std::optional<std::string> phone_raw;  // as typed
    pipeline::StageId stage_id;
    std::optional<UserId> owner_id;  // nobody: the lead waits in "Unassigned"
    json::Raw source;
    json::Raw answers;
    Instant submitted_at;  // at the source
    Instant received_at;  // by us
    std::optional<Instant> visible_at;  // on the first screen
    Instant updated_at;
    bool is_test = false;
    std::int64_t version = 1;
    std::int64_t submission_count = 1;
    json::Raw custom{"{}"};  // values of custom fields, by key
    json::Raw misfits{"{}"};  // answers that do not fit their field's type, by key
};
BOOST_DESCRIBE_STRUCT(ShownRow, (),
    (id, number, name, name_key, email, phone, phone_raw, stage_id, owner_id, source, answers,
        submitted_at, received_at, visible_at, updated_at, is_test, version, submission_count,
        custom, misfits))

// The whole row: with what it is only found by.
struct LeadRow : ShownRow {
    std::string search_text;
    std::optional<std::string> platform;
    std::optional<std::string> page_id;
    std::optional<std::string> form_id;
};
BOOST_DESCRIBE_STRUCT(LeadRow, (ShownRow), (search_text, platform, page_id, form_id))

// A row of the table `submissions`.
struct SubmissionRow {
    SubmissionId id;
    LeadId lead_id;
    std::string leadgen_id;
    Instant submitted_at;
    Instant received_at;
    bool is_test = false;
    json::Raw source;
    json::Raw answers;
    json::Raw disclaimers;
    std::optional<std::int64_t> form_version;
};
BOOST_DESCRIBE_STRUCT(SubmissionRow, (),
    (id, lead_id, leadgen_id, submitted_at, received_at, is_test, source, answers, disclaimers,
        form_version))

// ---- as others see it: the API and the stream
// ----------------------------------------------------

struct Person {
    UserId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Person, (), (id, name))

struct StageOfLead {
    pipeline::StageId id;
    std::string name;
    pipeline::StageKind kind;
};
BOOST_DESCRIBE_STRUCT(StageOfLead, (), (id, name, kind))

struct Money {
    std::int64_t amount_minor = 0;
    std::string currency;
};
BOOST_DESCRIBE_STRUCT(Money, (), (amount_minor, currency))

struct Lead {
    LeadId id;
    std::int64_t number = 0;
    std::string name;
    std::optional<std::string> email;
    std::optional<std::string> phone;
    std::optional<std::string> phone_raw;
    StageOfLead stage;
    std::optional<Person> owner;
    std::optional<std::string> team;
    json::RawOf<Source> source;
    json::RawOf<std::vector<Answer>> answers;
    json::RawOf<std::map<std::string, json::value>> custom;
    json::RawOf<std::map<std::string, std::string>> misfits;
    std::vector<std::string> tags;
    std::optional<Money> value;
    std::optional<std::string> next_step;
    Instant submitted_at;
    Instant received_at;
    std::optional<Instant> visible_at;
    std::optional<Instant> first_attempt_at;
    Instant updated_at;
    bool is_test = false;
    std::int64_t version = 1;
    std::int64_t submission_count = 1;
    // Phone and e-mail are masked, here and wherever else they stand: hidden_contact.hpp.
    bool contact_hidden = false;
};
BOOST_DESCRIBE_STRUCT(Lead, (),
    (id, number, name, email, phone, phone_raw, stage, owner, team, source, answers, custom,
        misfits, tags, value, next_step, submitted_at, received_at, visible_at, first_attempt_at,
        updated_at, is_test, version, submission_count, contact_hidden))

struct LeadSubmission {
    SubmissionId id;
    std::string leadgen_id;
    std::optional<std::string> form_id;
    std::optional<std::string> form_name;
    std::optional<std::int64_t> form_version;
    Instant submitted_at;
    Instant received_at;
    bool is_test = false;
    json::RawOf<std::vector<Answer>> answers;
    json::RawOf<std::vector<Disclaimer>> disclaimers;
    json::RawOf<Source> source;
};
BOOST_DESCRIBE_STRUCT(LeadSubmission, (),
    (id, leadgen_id, form_id, form_name, form_version, submitted_at, received_at, is_test, answers,
        disclaimers, source))

struct StageName {
    pipeline::StageId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(StageName, (), (id, name))

// What the events say beyond their kind: lead.stage_changed, lead.contact_changed,
// lead.fields_changed (custom fields, by key), lead.came_back.
struct StageChanged {
    StageName from;
    StageName to;
};
BOOST_DESCRIBE_STRUCT(StageChanged, (), (from, to))
struct ContactChanged {
    std::vector<std::string> fields;
};
BOOST_DESCRIBE_STRUCT(ContactChanged, (), (fields))
struct CameBack {
    SubmissionId submission_id;
};
BOOST_DESCRIBE_STRUCT(CameBack, (), (submission_id))

// lead.assigned: to whom, or to nobody; and who had it.
struct Assigned {
    std::optional<Person> owner;
    std::optional<UserId> owner_before;
};
BOOST_DESCRIBE_STRUCT(Assigned, (), (owner, owner_before))

// All of them, as a timeline entry shows them: what its kind does not have is null.
struct TimelineData {
    std::optional<StageName> from;
    std::optional<StageName> to;
    std::optional<std::vector<std::string>> fields;
    std::optional<SubmissionId> submission_id;
    std::optional<Person> owner;
};
BOOST_DESCRIBE_STRUCT(TimelineData, (), (from, to, fields, submission_id, owner))

struct TimelineEntry {
    std::int64_t seq = 0;
    std::string kind;
    Instant at;
    std::optional<Person> actor;
    TimelineData data;
};
BOOST_DESCRIBE_STRUCT(TimelineEntry, (), (seq, kind, at, actor, data))

// A lead with everything about it.
struct LeadRecord : Lead {
    std::vector<LeadSubmission> submissions;  // newest first
    std::vector<TimelineEntry> timeline;  // oldest first
};
BOOST_DESCRIBE_STRUCT(LeadRecord, (Lead), (submissions, timeline))

}  // namespace leadcrm::leads
