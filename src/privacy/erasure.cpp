#include "privacy/erasure.hpp"

#include "exports/export_removal.hpp"
#include "leads/erased_submission.hpp"
#include "leads/lead.hpp"
#include "leads/lead_search.hpp"
#include "meta/delivery_erasure.hpp"
#include "privacy/erasure_reach.hpp"

#include <set>
#include <string>
#include <vector>

namespace leadcrm::privacy {
namespace {

struct LeadFound : leads::LeadRow {
    std::optional<Instant> deleted_at;
};
BOOST_DESCRIBE_STRUCT(LeadFound, (leads::LeadRow), (deleted_at))

// Also one that somebody deleted.
LeadFound find_lead(const db::Reader& db, const LeadId& lead)
{
    auto row = db.row<LeadFound>(
        "SELECT {columns} FROM leads WHERE organization_id = $1 AND id = $2", lead);
    if (!row) throw Failure::not_found("This lead is not here. It may have been erased already.");
    return std::move(*row);
}

// Somebody who gave a phone number once and a mail address another time may be two leads.
std::int64_t count_alike(const db::Reader& db, const LeadId& lead, const leads::LeadRow& row)
{
    std::set<LeadId> alike;
    const auto look = [&](const std::string& column, const std::optional<std::string>& value) {
        if (!value) return;
        for (const auto& id : db.rows<LeadId>(
                 "SELECT id FROM leads WHERE organization_id = $1 AND " + column + " = $2", *value))
            alike.insert(id);
    };
    look("phone", row.phone);
    look("email", row.email);
    alike.erase(lead);
    return std::int64_t(alike.size());
}

std::string where(const std::string& column)
{
    return " WHERE organization_id = $1 AND " + column + " = $2";
}

}  // namespace

std::vector<Sent> list_sent(const db::Reader& db, const LeadId& lead)
{
    return db.rows<Sent>(R"sql(
        SELECT s.leadgen_id, COALESCE(f.page_id, l.page_id) AS page_id,
            COALESCE(f.form_id, l.form_id) AS form_id, s.submitted_at,
            COALESCE(f.received_at, s.received_at) AS received_at
        FROM submissions AS s
        JOIN leads AS l ON l.organization_id = $1 AND l.id = s.lead_id
        LEFT JOIN lead_fetches AS f ON f.organization_id = $1 AND f.leadgen_id = s.leadgen_id
        WHERE s.organization_id = $1 AND s.lead_id = $2
    )sql",
        lead);
}

ErasureCounts count_erasure(
    const db::PlatformReader& db, const OrganizationId& organization, const LeadId& lead)
{
    const auto reach = erasure_reach(db);
    const auto reader = db.in_organization(organization);
    ErasureCounts counts;
    counts.leads_alike = count_alike(reader, lead, find_lead(reader, lead));
    for (const auto& table : reach.of_lead) {
        const auto rows =
            reader.one<std::int64_t>("SELECT COUNT(*) FROM " + table.name + where("lead_id"), lead);
        (table.name == "submissions"     ? counts.submissions
                : table.name == "events" ? counts.timeline_entries
                                         : counts.other_rows) += rows;
    }
    for (const auto& sent : list_sent(reader, lead))
        for (const auto& table : reach.of_submission)
            counts.other_rows += reader.one<std::int64_t>(
                "SELECT COUNT(*) FROM " + table.name + where("leadgen_id"), sent.leadgen_id);
    counts.export_files = reader.one<std::int64_t>(
        "SELECT COUNT(*) FROM exports WHERE organization_id = $1 AND state = 'done'");
    counts.audit_entries = reader.one<std::int64_t>(
        "SELECT COUNT(*) FROM audit_log WHERE organization_id = $1 AND object = $2", lead.text());
    return counts;
}

ErasureCounts erase(db::PlatformTx& db, const OrganizationId& organization, const LeadId& lead,
    const std::optional<UserId>& by)
{
    const auto counts = count_erasure(db, organization, lead);
    const auto reach = erasure_reach(db);
    const auto now = Instant::now();
    const auto row = find_lead(db.in_organization(organization), lead);
    const auto all_sent = list_sent(db.in_organization(organization), lead);
    for (const auto& sent : all_sent)
        if (sent.page_id)
            meta::forget_deliveries(
                db, organization, *sent.page_id, sent.leadgen_id, sent.received_at);

    auto tx = db.in_organization(organization);
    for (const auto& sent : all_sent) {
        leads::remember_erased(tx,
            {sent.leadgen_id, sent.page_id.value_or(""), sent.form_id.value_or(""),
                sent.submitted_at},
            now);
        for (const auto& table : reach.of_submission)
            tx.run("DELETE FROM " + table.name + where("leadgen_id"), sent.leadgen_id);
    }
    for (const auto& table : reach.of_lead)
        tx.run("DELETE FROM " + table.name + where("lead_id"), lead);
    leads::remove_from_search(tx, row.number, row.search_text);
    tx.run("DELETE FROM leads" + where("id"), lead);
    // What was deleted is in no statistics already.
    if (!row.is_test && !row.deleted_at)
        leads::count_erased_lead(tx, row.form_id.value_or(""), row.submitted_at, row.stage_id.uuid);
    // Sealed under keys that only clients have: nobody can tell in which of them the person is.
    tx.run("DELETE FROM given_answers WHERE organization_id = $1");
    exports::expire_ordered_until(tx, now);
    events::announce(
        tx, {events::lead_erased, lead, by, {json::text_of(events::LeadGone{row.owner_id})}});
    return counts;
}

}  // namespace leadcrm::privacy
