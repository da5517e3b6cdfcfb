#include "support_access/support_grant.hpp"

#include "audit/audit.hpp"
#include "deletion/deletion_order.hpp"
#include "events/change.hpp"
#include "platform/json/json.hpp"
#include "support_access/support_request.hpp"

namespace leadcrm::support_access {
namespace {

using namespace std::chrono_literals;

constexpr auto end_job = "support_access.end";

struct EndOrder {
    SupportGrantId id;
};
BOOST_DESCRIBE_STRUCT(EndOrder, (), (id))

std::chrono::hours hours_of(SupportLength length)
{
    switch (length) {
    case SupportLength::hour:
        return 1h;
    case SupportLength::four_hours:
        return 4h;
    case SupportLength::day:
        return 24h;
    case SupportLength::three_days:
        return 72h;
    }
    return 1h;
}

std::chrono::milliseconds until(Instant at, Instant now)
{
    return std::chrono::milliseconds((at.us - now.us) / 1000 + 1);
}

void end_at_its_hour(db::Tx& tx, const SupportGrantId& id, Instant now)
{
    const auto due = tx.row<Instant>("SELECT expires_at FROM support_grants"
                                     " WHERE organization_id = $1 AND id = $2 AND ended_at IS NULL",
        id);
    if (!due) return;
    if (*due > now) throw jobs::TryAgain(until(*due, now), "not yet over");
    tx.run("UPDATE support_grants SET ended_at = expires_at"
           " WHERE organization_id = $1 AND id = $2",
        id);
    audit::record(
        tx, {.action = end_job, .what = "Support access ended by itself", .object = id.text()});
    events::tell_change(tx, events::Topic::support);
}

}  // namespace

bool is_closed(const db::Reader& db)
{
    const auto order = deletion::find_open(db);
    if (order && order->state != deletion::DeletionState::scheduled) return true;
    return db
        .row<OrganizationId>(
            "SELECT id FROM organizations WHERE id = $1 AND suspended_at IS NOT NULL")
        .has_value();
}

std::optional<SupportGrant> live_grant(const db::Reader& db, Instant now)
{
    return db.row<SupportGrant>(R"sql(
        SELECT {columns} FROM support_grants
        WHERE organization_id = $1 AND ended_at IS NULL AND expires_at > $2
        ORDER BY id DESC LIMIT 1
    )sql",
        now);
}

SupportGrant grant(db::Tx& tx, const http::Caller& owner, SupportLength length,
    const std::string& reason, Instant now)
{
    if (live_grant(tx, now))
        throw Failure::conflict("Support may look already. End that first to grant it anew.");
    SupportGrant made{SupportGrantId::make(), owner.user_id, now, now + hours_of(length), reason,
        std::nullopt, std::nullopt};
    tx.store("INSERT INTO support_grants (organization_id, {columns}) VALUES ($1, {values})", made);
    jobs::enqueue(tx,
        {.kind = end_job,
            .payload = json::text_of(EndOrder{made.id}),
            .key = made.id.text(),
            .delay = until(made.expires_at, now)});
    answer_by_grant(tx, owner, now);
    events::tell_change(tx, events::Topic::support);
    return made;
}

void end(db::Tx& tx, Instant now)
{
    // All of them: two owners may have granted it in the same moment.
    const auto ended =
        tx.run("UPDATE support_grants SET ended_at = $2"
               " WHERE organization_id = $1 AND ended_at IS NULL AND expires_at > $2",
            now);
    if (ended == 0) throw Failure::not_found("Support may not look any more.");
    events::tell_change(tx, events::Topic::support);
}

void handle_ends(jobs::Workers& workers, db::Database& database)
{
    workers.handle(end_job, [&database](const jobs::Job& job) {
        const auto order = json::from_text<EndOrder>(job.payload);
        database.write(job.organization_id.value(),
            [&](db::Tx& tx) { end_at_its_hour(tx, order.id, Instant::now()); });
    });
}

}  // namespace leadcrm::support_access
