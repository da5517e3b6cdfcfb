#include "leads/hand_over.hpp"

#include "events/log.hpp"
#include "leads/lead.hpp"
#include "leads/lead_store.hpp"
#include "platform/json/json.hpp"

namespace leadcrm::leads {
namespace {

constexpr auto job_kind = "leads.hand_over";
constexpr int batch_max = 500;

struct HandOver {
    UserId from;
    std::optional<UserId> to;
    UserId by;
};
BOOST_DESCRIBE_STRUCT(HandOver, (), (from, to, by))

constexpr char hand_over_sql[] = R"sql(
    UPDATE leads SET owner_id = $3, updated_at = $4, version = version + 1
    WHERE organization_id = $1 AND id IN (
        SELECT id FROM leads
        WHERE organization_id = $1 AND owner_id = $2 AND stage_id IN (
            SELECT id FROM stages WHERE organization_id = $1 AND kind IN ('new', 'open'))
        LIMIT $5)
    RETURNING id
)sql";

bool is_member(const db::Reader& db, const UserId& user)
{
    return db
        .row<UserId>(
            "SELECT user_id FROM memberships WHERE organization_id = $1 AND user_id = $2", user)
        .has_value();
}

// How many leads were handed over: fewer than a batch when none are left. Whoever came back
// meanwhile keeps theirs; those of an heir who has gone too are nobody's, so that they are seen.
std::size_t hand_over_some(db::Tx& tx, const HandOver& order)
{
    if (is_member(tx, order.from)) return 0;
    const auto heir = order.to && is_member(tx, *order.to) ? order.to : std::nullopt;
    const auto now = Instant::now();
    const auto ids = tx.rows<LeadId>(hand_over_sql, order.from, heir, now, batch_max);
    if (ids.empty()) return 0;

    Assigned assigned{{}, order.from};
    if (heir)
        for (auto& person : store::list_people(tx, {*heir})) assigned.owner = std::move(person);
    const json::Raw data{json::text_of(assigned)};
    std::vector<events::LoggedEvent> log;
    for (const auto& id : ids) log.push_back({0, "lead.assigned", id, order.by, now, data});
    events::record(tx, log);
    tx.signal(events::signal_channel, tx.organization_id().text());
    return ids.size();
}

}  // namespace

void order_hand_over(
    db::Tx& tx, const UserId& from, const std::optional<UserId>& to, const UserId& by)
{
    jobs::enqueue(tx, {.kind = job_kind, .payload = json::text_of(HandOver{from, to, by})});
}

void handle_hand_overs(jobs::Workers& workers, db::Database& database)
{
    workers.handle(job_kind, [&database](const jobs::Job& job) {
        const auto order = json::from_text<HandOver>(job.payload);
        std::size_t count = batch_max;
        while (count == batch_max)
            count = database.write(
                job.organization_id.value(), [&](db::Tx& tx) { return hand_over_some(tx, order); });
    });
}

}  // namespace leadcrm::leads
