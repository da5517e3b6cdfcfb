// Which deliveries concern an organization: the SQL of delivery_links, which the sorter writes and
// the list of deliveries walks.
#pragma once

#include "meta/delivery.hpp"
#include "platform/db/session.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace leadcrm::meta::store {

// A delivery, and a page of the organization that it is about.
using DeliveryLink = std::pair<DeliveryId, std::string>;

// Changes nothing for those that are there.
void link(db::Tx& tx, const std::set<DeliveryLink>& links);
bool has_old_links(const db::Reader& db, const DeliveryId& before);
void remove_old_links(db::Tx& tx, const DeliveryId& before);

struct LinkedAsk {
    std::optional<std::string> page_id;
    std::optional<DeliveryId> after;
    int most = 50;
};
// Newest first.
std::vector<DeliveryId> list_linked(const db::Reader& db, const LinkedAsk& ask);
// By which of the organization's pages; those that do not concern it are not in the map.
std::map<DeliveryId, std::set<std::string>> pages_of(
    const db::Reader& db, const std::vector<DeliveryId>& ids);

}  // namespace leadcrm::meta::store
