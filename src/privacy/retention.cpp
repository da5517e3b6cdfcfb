#include "privacy/retention.hpp"

#include "audit/audit.hpp"
#include "events/log.hpp"
#include "leads/deleted_lead.hpp"
#include "platform/log/log.hpp"
#include "privacy/erasure.hpp"
#include "privacy/erasure_rest.hpp"
#include "privacy/retention_letter.hpp"

namespace leadcrm::privacy {
namespace {

constexpr auto nightly_job = "privacy.retention";
constexpr std::int64_t piece = 20;  // leads in a transaction, so that others write in between
constexpr std::int64_t night_max = 50'000;  // of an organization; the rest waits for the next one

// Leads that a rule reaches. The default one leaves out forms that have their own.
db::Sql& add_reach(db::Sql& sql, const std::vector<RetentionRule>& rules,
    const std::string& form_id, Instant before)
{
    sql.add(" AND updated_at < $ AND submitted_at < $", before, before);
    if (!form_id.empty()) return sql.add(" AND form_id = $", form_id);
    std::vector<std::string> forms;
    for (const auto& rule : rules)
        if (!rule.form_id.empty()) forms.push_back(rule.form_id);
    if (forms.empty()) return sql;
    sql.add(" AND (form_id IS NULL OR form_id NOT IN (");
    for (const auto& form : forms) sql.add(&form == forms.data() ? "$" : ", $", form);
    return sql.add("))");
}

std::vector<LeadId> list_rested(const db::Reader& db, Instant now, std::int64_t most)
{
    const auto rules = list_rules(db);
    for (const auto& rule : rules) {
        if (rule.begins_at > now) continue;
        db::Sql sql("SELECT id FROM leads WHERE organization_id = $1");
        add_reach(sql, rules, rule.form_id, months_before(now, rule.months));
        sql.add(" ORDER BY updated_at LIMIT $", most);
        auto found = db.rows<LeadId>(sql);
        if (!found.empty()) return found;
    }
    return {};
}

std::vector<LeadId> list_long_deleted(const db::Reader& db, Instant now, std::int64_t most)
{
    return db.rows<LeadId>("SELECT id FROM leads WHERE organization_id = $1"
                           " AND deleted_at IS NOT NULL AND deleted_at <= $2"
                           " ORDER BY deleted_at LIMIT $3",
        now - leads::restorable_for, most);
}

using ListDue = std::vector<LeadId> (*)(const db::Reader&, Instant, std::int64_t);
struct Reason {
    const char* action;
    const char* what;
};

std::int64_t erase_due(db::Database& database, const OrganizationId& organization, ListDue list_due,
    Instant now, std::int64_t most, const Reason& reason)
{
    return database.write_platform([&](db::PlatformTx& db) {
        const auto leads = list_due(db.in_organization(organization), now, most);
        for (const auto& lead : leads) {
            erase(db, organization, lead, std::nullopt);
            auto tx = db.in_organization(organization);
            audit::record(
                tx, {.action = reason.action, .what = reason.what, .object = lead.text()});
        }
        return std::int64_t(leads.size());
    });
}

void run_night(db::Database& database, OrganizationId organization)
{
    std::int64_t erased = 0;
    for (const auto& erase_some : {erase_long_deleted, erase_rested})
        while (erased < night_max) {
            const auto some = erase_some(database, organization, Instant::now(), piece);
            if (some == 0) break;
            erased += some;
        }
    if (erased == 0) return;
    database.write(organization, [](db::Tx& tx) { order_rest(tx, Instant::now()); });
    log::info("leads were erased because their time to be kept is over",
        {{"organization_id", organization.text()}, {"leads", std::to_string(erased)}});
}

}  // namespace

Instant months_before(Instant at, std::int64_t months)
{
    using namespace std::chrono;
    const sys_time<microseconds> time{microseconds(at.us)};
    const auto day = floor<days>(time);
    auto date = year_month_day(day) - std::chrono::months(months);
    if (!date.ok()) date = date.year() / date.month() / last;  // 31 March − 1 month
    return {duration_cast<microseconds>(sys_days(date).time_since_epoch() + (time - day)).count()};
}

std::vector<RetentionRule> list_rules(const db::Reader& db)
{
    return db.rows<RetentionRule>(
        "SELECT {columns} FROM retention_rules WHERE organization_id = $1 ORDER BY form_id");
}

RetentionRule set_rule(
    db::Tx& tx, const UserId& by, const std::string& form_id, std::int64_t months, Instant now)
{
    RetentionRule rule{form_id, months, by, now, now + begins_after};
    remove_rule(tx, form_id);
    tx.store(
        "INSERT INTO retention_rules (organization_id, {columns}) VALUES ($1, {values})", rule);
    order_retention_letters(tx);
    return rule;
}

bool remove_rule(db::Tx& tx, const std::string& form_id)
{
    return tx.run(
               "DELETE FROM retention_rules WHERE organization_id = $1 AND form_id = $2", form_id)
        > 0;
}

RetentionPreview preview(
    const db::Reader& db, const std::string& form_id, std::int64_t months, Instant now)
{
    const auto before = months_before(now, months);
    db::Sql sql("SELECT COUNT(*), MIN(updated_at) FROM leads WHERE organization_id = $1");
    add_reach(sql, list_rules(db), form_id, before);
    const auto found = db.row<std::tuple<std::int64_t, std::optional<Instant>>>(sql);
    const auto& [leads, oldest] = found.value();
    return {leads, oldest, before, now + begins_after};
}

std::int64_t erase_rested(
    db::Database& database, OrganizationId organization, Instant now, std::int64_t most)
{
    return erase_due(database, organization, list_rested, now, most,
        {"privacy.retention", "Erase a lead whose time to be kept is over"});
}

std::int64_t erase_long_deleted(
    db::Database& database, OrganizationId organization, Instant now, std::int64_t most)
{
    return erase_due(database, organization, list_long_deleted, now, most,
        {"privacy.deleted", "Erase a lead that was deleted 30 days before"});
}

void handle_retention(
    jobs::Workers& workers, db::Database& database, mail::Post& post, const std::string& public_url)
{
    workers.handle(nightly_job,
        [&database](const jobs::Job&) {
            const auto organizations = database.read_platform([](db::PlatformReader& db) {
                return db.rows<OrganizationId>("SELECT id FROM organizations ORDER BY id");
            });
            for (const auto& each : organizations) run_night(database, each);
            order_retention(database, std::chrono::hours(24));
        },
        {.at_once = 1});
    handle_retention_letters(workers, database, post, public_url);
}

void order_retention(db::Database& database, std::chrono::milliseconds delay)
{
    database.write_platform([&](db::PlatformTx& tx) {
        jobs::enqueue(tx, {.kind = nightly_job, .key = "daily", .delay = delay});
    });
}

}  // namespace leadcrm::privacy
