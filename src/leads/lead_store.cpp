#include "leads/lead_store.hpp"

#include "events/audience.hpp"
#include "events/change.hpp"
#include "leads/lead_search.hpp"

#include <algorithm>

namespace leadcrm::leads::store {
namespace {

constexpr char find_sql[] = "SELECT {columns} FROM leads WHERE organization_id = $1 AND id = $2";
constexpr char find_all_sql[] =
    "SELECT {columns} FROM leads WHERE organization_id = $1 AND deleted_at IS NULL";

constexpr char insert_submission_sql[] = R"sql(
    INSERT INTO submissions (organization_id, {columns}, raw_sealed)
    VALUES ($1, {values}, $12)
)sql";

constexpr char set_contact_sql[] = R"sql(
    UPDATE leads SET name = $3, name_key = $4, email = $5, phone = $6, phone_raw = $7,
        search_text = $8, updated_at = $9, version = $10
    WHERE organization_id = $1 AND id = $2
)sql";

constexpr char set_latest_sql[] = R"sql(
    UPDATE leads SET platform = $3, page_id = $4, form_id = $5, source = $6, answers = $7,
        submitted_at = $8, received_at = $9, visible_at = $10
    WHERE organization_id = $1 AND id = $2
)sql";

constexpr char set_submission_count_sql[] = R"sql(
    UPDATE leads SET submission_count = $3, updated_at = $4, version = $5
    WHERE organization_id = $1 AND id = $2
)sql";

constexpr char set_custom_sql[] = R"sql(
    UPDATE leads SET custom = $3, misfits = $4, updated_at = $5, version = $6
    WHERE organization_id = $1 AND id = $2
)sql";

constexpr char set_stage_sql[] = R"sql(
    UPDATE leads SET stage_id = $3, updated_at = $4, version = $5
    WHERE organization_id = $1 AND id = $2
)sql";

}  // namespace

void insert(db::Tx& tx, const LeadRow& lead)
{
    tx.store("INSERT INTO leads (organization_id, {columns}) VALUES ($1, {values})", lead);
    add_to_search(tx, lead.number, lead.search_text);
}

void set_contact(db::Tx& tx, const LeadRow& lead, const std::string& old_search_text)
{
    tx.run(set_contact_sql, lead.id, lead.name, lead.name_key, lead.email, lead.phone,
        lead.phone_raw, lead.search_text, lead.updated_at, lead.version);
    change_in_search(tx, lead.number, old_search_text, lead.search_text);
}

void set_latest(db::Tx& tx, const LeadRow& lead)
{
    tx.run(set_latest_sql, lead.id, lead.platform, lead.page_id, lead.form_id, lead.source,
        lead.answers, lead.submitted_at, lead.received_at, lead.visible_at);
}

void set_submission_count(db::Tx& tx, const LeadRow& lead)
{
    tx.run(set_submission_count_sql, lead.id, lead.submission_count, lead.updated_at, lead.version);
}

void set_custom(db::Tx& tx, const LeadRow& lead)
{
    tx.run(set_custom_sql, lead.id, lead.custom, lead.misfits, lead.updated_at, lead.version);
}

void set_stage(db::Tx& tx, const LeadRow& lead)
{
    tx.run(set_stage_sql, lead.id, lead.stage_id, lead.updated_at, lead.version);
}

std::optional<LeadRow> find(const db::Reader& db, const LeadId& id)
{
    db::Sql sql(find_sql, id);
    return db.row<LeadRow>(sql.add(" AND deleted_at IS NULL"));
}

std::optional<LeadRow> find(const db::Reader& db, const LeadId& id, const http::Caller& caller)
{
    db::Sql sql(find_sql, id);
    events::add_sight(sql, caller);
    return db.row<LeadRow>(sql);
}

std::optional<std::string> find_name_key(
    const db::Reader& db, std::int64_t number, const http::Caller& caller)
{
    db::Sql sql("SELECT name_key FROM leads WHERE organization_id = $1 AND number = $2", number);
    events::add_sight(sql, caller);
    return db.row<std::string>(sql);
}

std::vector<ShownRow> find_all(const db::Reader& db, const std::vector<LeadId>& ids)
{
    db::Sql sql(find_all_sql);
    sql.add_in("id", ids);
    return db.rows<ShownRow>(sql);
}

std::vector<LeadRow> find_rows(const db::Reader& db, const std::vector<LeadId>& ids)
{
    db::Sql sql(find_all_sql);
    sql.add_in("id", ids);
    return db.rows<LeadRow>(sql);
}

std::optional<LeadRow> find_by_phone(const db::Reader& db, const std::string& phone)
{
    return db.row<LeadRow>(R"sql(
        SELECT {columns} FROM leads
        WHERE organization_id = $1 AND phone = $2 AND is_test = FALSE AND deleted_at IS NULL
        ORDER BY number LIMIT 1
    )sql",
        phone);
}

std::optional<LeadRow> find_by_email(const db::Reader& db, const std::string& email)
{
    return db.row<LeadRow>(R"sql(
        SELECT {columns} FROM leads
        WHERE organization_id = $1 AND email = $2 AND is_test = FALSE AND deleted_at IS NULL
        ORDER BY number LIMIT 1
    )sql",
        email);
}

bool has_submission(const db::Reader& db, const std::string& leadgen_id)
{
    return db
        .row<SubmissionId>(
            "SELECT id FROM submissions WHERE organization_id = $1 AND leadgen_id = $2", leadgen_id)
        .has_value();
}

void insert(db::Tx& tx, const SubmissionRow& submission, const std::string& raw_sealed)
{
    tx.store(insert_submission_sql, submission, db::Blob{raw_sealed});
}

std::vector<SubmissionRow> list_submissions(const db::Reader& db, const LeadId& lead)
{
    return db.rows<SubmissionRow>(R"sql(
        SELECT {columns} FROM submissions WHERE organization_id = $1 AND lead_id = $2
        ORDER BY submitted_at DESC, id DESC
    )sql",
        lead);
}

std::vector<SubmissionRow> list_submissions(const db::Reader& db, const std::vector<LeadId>& leads)
{
    db::Sql sql("SELECT {columns} FROM submissions WHERE organization_id = $1");
    sql.add_in("lead_id", leads).add(" ORDER BY id");
    return db.rows<SubmissionRow>(sql);
}

void set_visible(db::Tx& tx, const std::vector<LeadId>& ids, Instant at)
{
    db::Sql sql("UPDATE leads SET visible_at = $2 WHERE organization_id = $1", at);
    sql.add(" AND visible_at IS NULL").add_in("id", ids).add(" RETURNING is_test");
    const auto are_tests = tx.rows<bool>(sql);
    if (std::find(are_tests.begin(), are_tests.end(), true) != are_tests.end())
        events::tell_change(tx, events::Topic::test_lead);
}

std::vector<Person> list_people(const db::Reader& db, const std::vector<UserId>& ids)
{
    if (ids.empty()) return {};
    db::Sql sql("SELECT {columns} FROM users WHERE TRUE");
    sql.add_in("id", ids);
    return db.rows<Person>(sql);
}

std::string organization_country(const db::Reader& db)
{
    const auto country =
        db.row<std::optional<std::string>>("SELECT country FROM organizations WHERE id = $1");
    return country ? country->value_or("") : "";
}

}  // namespace leadcrm::leads::store
