#include "deletion/delivery_removal.hpp"

#include "meta/delivery.hpp"

#include <set>
#include <string>
#include <vector>

namespace leadcrm::deletion {
namespace {

using meta::DeliveryId;
using Ids = std::vector<DeliveryId>;

constexpr int batch = 500;

Ids linked_behind(
    db::Database& database, const OrganizationId& organization, const DeliveryId& last)
{
    return database.read(organization, [&](db::Reader& db) {
        return db.rows<DeliveryId>(R"sql(
            SELECT DISTINCT delivery_id FROM delivery_links
            WHERE organization_id = $1 AND delivery_id > $2 ORDER BY delivery_id LIMIT $3
        )sql",
            last, batch);
    });
}

// Those of `ids` that concern some other organization too.
std::set<DeliveryId> shared_with_others(
    db::Database& database, const OrganizationId& organization, const Ids& ids)
{
    return database.read_platform([&](db::PlatformReader& db) {
        std::set<DeliveryId> shared;
        for (const auto& other :
            db.rows<OrganizationId>("SELECT id FROM organizations WHERE id <> $1", organization)) {
            db::Sql sql("SELECT delivery_id FROM delivery_links WHERE organization_id = $1");
            sql.add_in("delivery_id", ids);
            for (const auto& id : db.in_organization(other).rows<DeliveryId>(sql))
                shared.insert(id);
        }
        return shared;
    });
}

void remove_unshared(db::Database& database, const DeletionOrder& order, Ids ids)
{
    const auto shared = shared_with_others(database, order.organization_id.value(), ids);
    std::erase_if(ids, [&](const DeliveryId& id) { return shared.contains(id); });
    database.write_platform([&](db::PlatformTx& tx) {
        db::Sql sql("DELETE FROM webhook_deliveries WHERE TRUE");
        sql.add_in("id", ids);
        count_removed(tx, order.code, {{"webhook_deliveries", tx.run(sql)}});
    });
}

std::vector<std::string> pages_of_nobody_else(
    db::Database& database, const OrganizationId& organization)
{
    auto pages = database.read(organization, [](db::Reader& db) {
        return db.rows<std::string>("SELECT page_id FROM pages WHERE organization_id = $1");
    });
    std::erase_if(pages, [&](const std::string& page) {
        return database.read_platform([&](db::PlatformReader& db) {
            return db
                .row<std::int64_t>(
                    "SELECT 1 FROM page_routes WHERE page_id = $1 AND organization_id <> $2 LIMIT 1",
                    page, organization)
                .has_value();
        });
    });
    return pages;
}

// What came about its pages when nobody held them, or before it was sorted.
void remove_unrouted(db::Database& database, const DeletionOrder& order, const std::string& page)
{
    const auto ids = database.read_platform([&](db::PlatformReader& db) {
        return db.rows<DeliveryId>(
            "SELECT delivery_id FROM unrouted_deliveries WHERE page_id = $1", page);
    });
    if (!ids.empty()) remove_unshared(database, order, ids);
    database.write_platform([&](db::PlatformTx& tx) {
        count_removed(tx, order.code,
            {{"unrouted_deliveries",
                tx.run("DELETE FROM unrouted_deliveries WHERE page_id = $1", page)}});
    });
}

}  // namespace

void remove_deliveries(db::Database& database, const DeletionOrder& order)
{
    const auto organization = order.organization_id.value();
    DeliveryId last;
    for (auto ids = linked_behind(database, organization, last); !ids.empty();
         ids = linked_behind(database, organization, last)) {
        last = ids.back();
        remove_unshared(database, order, std::move(ids));
    }
    for (const auto& page : pages_of_nobody_else(database, organization))
        remove_unrouted(database, order, page);
    database.write_platform([&](db::PlatformTx& tx) {
        count_removed(tx, order.code,
            {{"webhook_deliveries",
                tx.run(
                    "DELETE FROM webhook_deliveries WHERE organization_id = $1", organization)}});
    });
}

void remove_refusals(db::Database& database, const OrganizationId& organization)
{
    database.write_platform([&](db::PlatformTx& tx) {
        tx.run(R"sql(
            DELETE FROM refused_deliveries WHERE app_id IN (
                SELECT a.app_id FROM meta_apps AS a WHERE a.organization_id = $1)
        )sql",
            organization);
    });
}

}  // namespace leadcrm::deletion
