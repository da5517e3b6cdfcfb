#include "meta/replay.hpp"

#include "meta/delivery_link_store.hpp"
#include "meta/delivery_store.hpp"
#include "meta/lead_fetch.hpp"
#include "meta/page.hpp"

#include <algorithm>

namespace leadcrm::meta {
namespace {

constexpr auto job_kind = "meta.replay";

struct ReplayOrder {
    std::vector<DeliveryId> ids;
};
BOOST_DESCRIBE_STRUCT(ReplayOrder, (), (ids))

// What the deliveries say about the organization's pages, by the time of their arrival.
struct Replay {
    std::vector<std::pair<Change, Instant>> changes;
    std::vector<DeliveryId> failed;
};

Replay look(
    const db::PlatformReader& db, OrganizationId organization, const std::vector<DeliveryId>& ids)
{
    Replay found;
    const auto pages = store::pages_of(db.in_organization(organization), ids);
    std::vector<DeliveryId> linked;
    for (const auto& [id, page_ids] : pages) linked.push_back(id);
    for (const auto& delivery : store::list_kept(db, linked)) {
        if (delivery.state == "failed") found.failed.push_back(delivery.id);
        for (const auto& change : read_delivery(delivery.body.bytes).changes)
            if (pages.at(delivery.id).contains(change.page_id))
                found.changes.emplace_back(change, delivery.received_at);
    }
    return found;
}

}  // namespace

std::int64_t order_replay(db::Tx& tx, const std::vector<DeliveryId>& ids)
{
    ReplayOrder order;
    for (const auto& [id, page_ids] : store::pages_of(tx, ids)) order.ids.push_back(id);
    if (!order.ids.empty()) jobs::enqueue(tx, {.kind = job_kind, .payload = json::text_of(order)});
    return std::int64_t(order.ids.size());
}

void replay(db::Database& database, OrganizationId organization, const std::vector<DeliveryId>& ids)
{
    const auto now = Instant::now();
    database.write_platform([&](db::PlatformTx& db) {
        const auto found = look(db, organization, ids);
        for (const auto& id : found.failed) store::set_new(db, id);
        if (!found.failed.empty()) db.signal(deliveries_channel, "");

        auto tx = db.in_organization(organization);
        std::set<std::string> held;
        for (const auto& page : store::list_pages(tx))
            if (!page.disconnected_at) held.insert(page.page_id);
        std::set<std::string> touched;
        for (const auto& [change, received_at] : found.changes) {
            if (!held.contains(change.page_id)) continue;
            const Fetch fetch = fetch_of(change, received_at);
            if (!store::insert(tx, fetch)) store::wait_again(tx, fetch.leadgen_id, now);
            touched.insert(change.page_id);
        }
        for (const auto& page_id : touched) order_fetch(tx, page_id);
    });
}

void handle_replay_jobs(jobs::Workers& workers, db::Database& database)
{
    workers.handle(job_kind, [&database](const jobs::Job& job) {
        replay(
            database, job.organization_id.value(), json::from_text<ReplayOrder>(job.payload).ids);
    });
}

}  // namespace leadcrm::meta
