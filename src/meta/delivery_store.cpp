#include "meta/delivery_store.hpp"

#include <bit>
#include <tuple>

namespace leadcrm::meta::store {

void insert(db::PlatformTx& tx, const NewDelivery& delivery)
{
    tx.store("INSERT INTO webhook_deliveries ({columns}, state) VALUES ({values}, 'new')"
             " ON CONFLICT (id) DO NOTHING",
        delivery);
}

void insert_own(db::PlatformTx& tx, const NewDelivery& delivery, const OrganizationId& only_for)
{
    tx.store("INSERT INTO webhook_deliveries ({columns}, state, organization_id)"
             " VALUES ({values}, 'new', $5) ON CONFLICT (id) DO NOTHING",
        delivery, only_for);
}

std::vector<StoredDelivery> list_new(const db::PlatformReader& db, int limit)
{
    // The second condition names the index.
    return db.rows<StoredDelivery>("SELECT {columns} FROM webhook_deliveries"
                                   " WHERE state = 'new' AND state <> 'sorted'"
                                   " ORDER BY received_at LIMIT $1",
        limit);
}

void set_sorted(
    db::PlatformTx& tx, std::vector<DeliveryId> ids, const std::optional<std::string>& note)
{
    if (ids.empty()) return;
    // Few lengths make few statements to prepare.
    ids.resize(std::bit_ceil(ids.size()), ids.back());
    db::Sql sql("UPDATE webhook_deliveries SET state = 'sorted', note = $1 WHERE true", note);
    sql.add_in("id", ids);
    tx.run(sql);
}

void set_failed(db::PlatformTx& tx, const DeliveryId& id, const std::string& note)
{
    tx.run("UPDATE webhook_deliveries SET state = 'failed', note = $2 WHERE id = $1", id, note);
}

std::vector<KeptDelivery> list_kept(
    const db::PlatformReader& db, const std::vector<DeliveryId>& ids)
{
    if (ids.empty()) return {};
    db::Sql sql("SELECT {columns} FROM webhook_deliveries WHERE true");
    sql.add_in("id", ids);
    return db.rows<KeptDelivery>(sql);
}

void set_new(db::PlatformTx& tx, const DeliveryId& id)
{
    tx.run("UPDATE webhook_deliveries SET state = 'new' WHERE id = $1", id);
}

std::int64_t retry_failed(db::PlatformTx& tx)
{
    return tx.run("UPDATE webhook_deliveries SET state = 'new'"
                  " WHERE state = 'failed' AND state <> 'sorted'");
}

std::int64_t remove_old(db::PlatformTx& tx, const DeliveryId& before, int limit)
{
    const auto old = tx.rows<DeliveryId>("SELECT id FROM webhook_deliveries"
                                         " WHERE id < $1 AND state = 'sorted' ORDER BY id LIMIT $2",
        before, limit);
    if (old.empty()) return 0;
    db::Sql deliveries("DELETE FROM webhook_deliveries WHERE state = 'sorted'");
    deliveries.add_in("id", old);
    return tx.run(deliveries);
}

void remove_old_unrouted(db::PlatformTx& tx, const DeliveryId& before)
{
    tx.run("DELETE FROM unrouted_deliveries WHERE delivery_id < $1", before);
}

void insert_unrouted(db::PlatformTx& tx, const std::string& page_id, const DeliveryId& delivery)
{
    tx.run("INSERT INTO unrouted_deliveries (page_id, delivery_id) VALUES ($1, $2)"
           " ON CONFLICT (page_id, delivery_id) DO NOTHING",
        page_id, delivery);
}

std::int64_t sort_again(db::PlatformTx& tx, const std::string& page_id)
{
    const auto count = tx.run("UPDATE webhook_deliveries SET state = 'new' WHERE id IN"
                              " (SELECT delivery_id FROM unrouted_deliveries WHERE page_id = $1)",
        page_id);
    tx.run("DELETE FROM unrouted_deliveries WHERE page_id = $1", page_id);
    return count;
}

void insert_route(db::PlatformTx& tx, const std::string& page_id, const OrganizationId& to,
    const std::optional<std::string>& app_id)
{
    tx.run("INSERT INTO page_routes (page_id, organization_id, app_id) VALUES ($1, $2, $3)"
           " ON CONFLICT (page_id, organization_id) DO UPDATE SET app_id = excluded.app_id",
        page_id, to, app_id);
}

bool is_held_through(const db::PlatformReader& db, const std::string& page_id,
    const std::optional<std::string>& app_id)
{
    return db
        .row<std::int64_t>("SELECT 1 FROM page_routes WHERE page_id = $1"
                           " AND app_id IS NOT DISTINCT FROM $2 LIMIT 1",
            page_id, app_id)
        .has_value();
}

std::vector<std::pair<std::string, OrganizationId>> list_routes(const db::PlatformReader& db)
{
    std::vector<std::pair<std::string, OrganizationId>> routes;
    for (auto& [page_id, organization] : db.rows<std::tuple<std::string, OrganizationId>>(
             "SELECT page_id, organization_id FROM page_routes ORDER BY page_id, organization_id"))
        routes.emplace_back(std::move(page_id), organization);
    return routes;
}

void remove_route(db::PlatformTx& tx, const std::string& page_id, const OrganizationId& to)
{
    tx.run("DELETE FROM page_routes WHERE page_id = $1 AND organization_id = $2", page_id, to);
}

std::vector<OrganizationId> list_routed_organizations(const db::PlatformReader& db)
{
    return db.rows<OrganizationId>("SELECT DISTINCT organization_id FROM page_routes");
}

std::map<std::string, std::vector<OrganizationId>> routes_of(
    const db::PlatformReader& db, const std::vector<std::string>& page_ids)
{
    std::map<std::string, std::vector<OrganizationId>> routes;
    if (page_ids.empty()) return routes;
    db::Sql sql("SELECT page_id, organization_id FROM page_routes WHERE true");
    sql.add_in("page_id", page_ids);
    for (auto& [page_id, organization] : db.rows<std::tuple<std::string, OrganizationId>>(sql))
        routes[page_id].push_back(organization);
    return routes;
}

}  // namespace leadcrm::meta::store
