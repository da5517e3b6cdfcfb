#include "meta/delivery_link_store.hpp"

#include "events/change.hpp"

#include <tuple>

namespace leadcrm::meta::store {

void link(db::Tx& tx, const std::set<DeliveryLink>& links)
{
    for (const auto& [delivery, page_id] : links)
        tx.run(
            "INSERT INTO delivery_links (organization_id, delivery_id, page_id)"
            " VALUES ($1, $2, $3) ON CONFLICT (organization_id, delivery_id, page_id) DO NOTHING",
            delivery, page_id);
    events::tell_change(tx, events::Topic::deliveries);
}

bool has_old_links(const db::Reader& db, const DeliveryId& before)
{
    return db
        .row<DeliveryId>("SELECT delivery_id FROM delivery_links WHERE organization_id = $1"
                         " AND delivery_id < $2 LIMIT 1",
            before)
        .has_value();
}

void remove_old_links(db::Tx& tx, const DeliveryId& before)
{
    tx.run("DELETE FROM delivery_links WHERE organization_id = $1 AND delivery_id < $2", before);
}

std::vector<DeliveryId> list_linked(const db::Reader& db, const LinkedAsk& ask)
{
    db::Sql sql("SELECT DISTINCT delivery_id FROM delivery_links WHERE organization_id = $1");
    if (ask.after) sql.add(" AND delivery_id < $", *ask.after);
    if (ask.page_id) sql.add(" AND page_id = $", *ask.page_id);
    sql.add(" ORDER BY delivery_id DESC LIMIT $", ask.most);
    return db.rows<DeliveryId>(sql);
}

std::map<DeliveryId, std::set<std::string>> pages_of(
    const db::Reader& db, const std::vector<DeliveryId>& ids)
{
    std::map<DeliveryId, std::set<std::string>> pages;
    if (ids.empty()) return pages;
    db::Sql sql("SELECT delivery_id, page_id FROM delivery_links WHERE organization_id = $1");
    sql.add_in("delivery_id", ids);
    for (auto& [delivery, page_id] : db.rows<std::tuple<DeliveryId, std::string>>(sql))
        pages[delivery].insert(std::move(page_id));
    return pages;
}

}  // namespace leadcrm::meta::store
