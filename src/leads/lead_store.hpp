// The SQL of leads and submissions. Lists have their own file: lead_list.hpp. A deleted lead is not
// found by any of it (deleted_lead.hpp), but its submissions are.
#pragma once

#include "leads/lead.hpp"
#include "platform/db/session.hpp"
#include "platform/http/right.hpp"

#include <optional>
#include <string>
#include <vector>

namespace leadcrm::leads::store {

// The lead and its entry in the search index.
void insert(db::Tx& tx, const LeadRow& lead);

// What changed in `lead`, each with its updated_at and version. `old_search_text` is what the
// search index knows.
void set_contact(db::Tx& tx, const LeadRow& lead, const std::string& old_search_text);
void set_stage(db::Tx& tx, const LeadRow& lead);
void set_custom(db::Tx& tx, const LeadRow& lead);
void set_submission_count(db::Tx& tx, const LeadRow& lead);
// Source, answers and times.
void set_latest(db::Tx& tx, const LeadRow& lead);

std::optional<LeadRow> find(const db::Reader& db, const LeadId& id);
// Only what the caller may see.
std::optional<LeadRow> find(const db::Reader& db, const LeadId& id, const http::Caller& caller);
// What it is sorted by among names.
std::optional<std::string> find_name_key(
    const db::Reader& db, std::int64_t number, const http::Caller& caller);
std::vector<ShownRow> find_all(const db::Reader& db, const std::vector<LeadId>& ids);

std::vector<LeadRow> find_rows(const db::Reader& db, const std::vector<LeadId>& ids);

// The oldest real lead (no test lead) with this phone number or e-mail.
std::optional<LeadRow> find_by_phone(const db::Reader& db, const std::string& phone);
std::optional<LeadRow> find_by_email(const db::Reader& db, const std::string& email);

bool has_submission(const db::Reader& db, const std::string& leadgen_id);
void insert(db::Tx& tx, const SubmissionRow& submission, const std::string& raw_sealed);
// Newest first.
std::vector<SubmissionRow> list_submissions(const db::Reader& db, const LeadId& lead);

// In the order they came.
std::vector<SubmissionRow> list_submissions(const db::Reader& db, const std::vector<LeadId>& leads);

// Leads that were seen before keep their time.
void set_visible(db::Tx& tx, const std::vector<LeadId>& ids, Instant at);

// The names of users, for those that exist.
std::vector<Person> list_people(const db::Reader& db, const std::vector<UserId>& ids);

// The country whose numbers are written without a country code; empty when it is not known.
std::string organization_country(const db::Reader& db);

}  // namespace leadcrm::leads::store
