// The SQL of deliveries and page routes: platform tables, read before any tenant is known.
#pragma once

#include "meta/delivery.hpp"
#include "platform/db/session.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace leadcrm::meta::store {

struct NewDelivery {
    DeliveryId id;
    std::string app_id;
    db::Blob body;
    Instant received_at;
};
BOOST_DESCRIBE_STRUCT(NewDelivery, (), (id, app_id, body, received_at))

struct StoredDelivery {
    DeliveryId id;
    db::Blob body;
    Instant received_at;
    std::optional<OrganizationId> organization_id;  // the only one it is for
};
BOOST_DESCRIBE_STRUCT(StoredDelivery, (), (id, body, received_at, organization_id))

// One that was received at any time, as it is now.
struct KeptDelivery {
    DeliveryId id;
    db::Blob body;
    Instant received_at;
    std::string state;  // new, sorted, failed
};
BOOST_DESCRIBE_STRUCT(KeptDelivery, (), (id, body, received_at, state))

// Changes nothing when the delivery is stored already.
void insert(db::PlatformTx& tx, const NewDelivery& delivery);
// The same for a delivery that is for one organization only.
void insert_own(db::PlatformTx& tx, const NewDelivery& delivery, const OrganizationId& only_for);
// Those nobody has sorted yet, oldest first.
std::vector<StoredDelivery> list_new(const db::PlatformReader& db, int limit);
void set_sorted(
    db::PlatformTx& tx, std::vector<DeliveryId> ids, const std::optional<std::string>& note);
void set_failed(db::PlatformTx& tx, const DeliveryId& id, const std::string& note);
// In no order.
std::vector<KeptDelivery> list_kept(
    const db::PlatformReader& db, const std::vector<DeliveryId>& ids);
// It is sorted once more.
void set_new(db::PlatformTx& tx, const DeliveryId& id);
// Puts back what failed. Returns how many.
std::int64_t retry_failed(db::PlatformTx& tx);
// Removes up to `limit` sorted deliveries with ids below `before`. Returns how many.
std::int64_t remove_old(db::PlatformTx& tx, const DeliveryId& before, int limit);
void remove_old_unrouted(db::PlatformTx& tx, const DeliveryId& before);

void insert_unrouted(db::PlatformTx& tx, const std::string& page_id, const DeliveryId& delivery);
// Makes the deliveries about a page new again. Returns how many.
std::int64_t sort_again(db::PlatformTx& tx, const std::string& page_id);

// `app_id`: the own app of the organization it holds the page through, or the platform's.
void insert_route(db::PlatformTx& tx, const std::string& page_id, const OrganizationId& to,
    const std::optional<std::string>& app_id);
// Whether anybody holds the page through this app, so that it must stay subscribed to it.
bool is_held_through(const db::PlatformReader& db, const std::string& page_id,
    const std::optional<std::string>& app_id);
void remove_route(db::PlatformTx& tx, const std::string& page_id, const OrganizationId& to);
std::vector<OrganizationId> list_routed_organizations(const db::PlatformReader& db);
// Pages nobody holds are not in the map.
std::vector<std::pair<std::string, OrganizationId>> list_routes(const db::PlatformReader& db);
std::map<std::string, std::vector<OrganizationId>> routes_of(
    const db::PlatformReader& db, const std::vector<std::string>& page_ids);

}  // namespace leadcrm::meta::store
