#include "meta/delivery_erasure.hpp"

#include "platform/json/json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <vector>

namespace leadcrm::meta {
namespace {

using namespace std::chrono_literals;

// Meta sends again for a day and a half; what is kept longer than that cannot have been the first.
constexpr auto sent_before_max = 36h;
constexpr auto sent_after_max = 36h;
constexpr std::size_t bodies_at_once = 200;

bool is_about(const json::value& change, const std::string& leadgen_id)
{
    const auto* parts = change.if_object();
    const auto* value = parts ? parts->if_contains("value") : nullptr;
    const auto* lead = value ? value->if_object() : nullptr;
    return lead && id_in(lead->if_contains("leadgen_id")) == leadgen_id;
}

// The body without what it says about the lead; nothing when it says nothing else.
std::optional<std::string> without(const std::string& body, const std::string& leadgen_id)
{
    auto tree = json::parse(body);
    auto* entries = tree.as_object().if_contains("entry");
    if (!entries || !entries->is_array()) return body;
    json::array kept_entries;
    for (auto& entry : entries->get_array()) {
        auto* changes = entry.is_object() ? entry.get_object().if_contains("changes") : nullptr;
        if (changes && changes->is_array()) {
            json::array kept;
            for (auto& change : changes->get_array())
                if (!is_about(change, leadgen_id)) kept.push_back(std::move(change));
            if (kept.empty()) continue;
            *changes = std::move(kept);
        }
        kept_entries.push_back(std::move(entry));
    }
    if (kept_entries.empty()) return std::nullopt;
    *entries = std::move(kept_entries);
    return json::print(tree);
}

bool is_held_by_others(
    const db::PlatformReader& db, const OrganizationId& organization, const std::string& page_id)
{
    return db
        .row<std::int64_t>("SELECT 1 FROM page_routes WHERE page_id = $1 AND organization_id <> $2"
                           " LIMIT 1",
            page_id, organization)
        .has_value();
}

struct Kept {
    DeliveryId id;
    db::Blob body;
    Instant received_at;
};
BOOST_DESCRIBE_STRUCT(Kept, (), (id, body, received_at))

// Those that name the lead.
std::vector<Kept> find_telling(
    const db::PlatformReader& db, const std::vector<DeliveryId>& ids, const std::string& leadgen_id)
{
    std::vector<Kept> found;
    for (std::size_t at = 0; at < ids.size(); at += bodies_at_once) {
        const std::vector<DeliveryId> some(ids.begin() + std::ptrdiff_t(at),
            ids.begin() + std::ptrdiff_t(std::min(at + bodies_at_once, ids.size())));
        db::Sql sql("SELECT {columns} FROM webhook_deliveries WHERE TRUE");
        sql.add_in("id", some);
        for (auto& delivery : db.rows<Kept>(sql))
            if (delivery.body.bytes.find(leadgen_id) != std::string::npos)
                found.push_back(std::move(delivery));
    }
    return found;
}

std::vector<DeliveryId> list_near(
    const db::Reader& db, const std::string& page_id, Instant received_at)
{
    return db.rows<DeliveryId>("SELECT delivery_id FROM delivery_links"
                               " WHERE organization_id = $1 AND page_id = $2"
                               " AND delivery_id >= $3 AND delivery_id < $4",
        page_id, first_delivery_id_at(received_at - sent_before_max),
        first_delivery_id_at(received_at + sent_after_max));
}

json::array said_about(const std::string& body, const std::string& leadgen_id)
{
    json::array said;
    const auto tree = json::parse(body);
    const auto* entries = tree.as_object().if_contains("entry");
    if (!entries || !entries->is_array()) return said;
    for (const auto& entry : entries->get_array()) {
        const auto* parts = entry.if_object();
        const auto* changes = parts ? parts->if_contains("changes") : nullptr;
        if (!changes || !changes->is_array()) continue;
        for (const auto& change : changes->get_array())
            if (is_about(change, leadgen_id)) said.push_back(change);
    }
    return said;
}

}  // namespace

std::vector<ToldDelivery> deliveries_about(const db::PlatformReader& db,
    const OrganizationId& organization, const std::string& page_id, const std::string& leadgen_id,
    Instant received_at)
{
    const auto ids = list_near(db.in_organization(organization), page_id, received_at);
    std::vector<ToldDelivery> told;
    for (const auto& delivery : find_telling(db, ids, leadgen_id))
        told.push_back({delivery.id, delivery.received_at,
            {json::print(said_about(delivery.body.bytes, leadgen_id))}});
    return told;
}

std::int64_t forget_deliveries(db::PlatformTx& db, const OrganizationId& organization,
    const std::string& page_id, const std::string& leadgen_id, Instant received_at)
{
    if (is_held_by_others(db, organization, page_id)) return 0;
    const auto ids = list_near(db.in_organization(organization), page_id, received_at);
    const auto telling = find_telling(db, ids, leadgen_id);
    std::vector<DeliveryId> gone;
    for (const auto& delivery : telling) {
        if (const auto rest = without(delivery.body.bytes, leadgen_id)) {
            db.run("UPDATE webhook_deliveries SET body = $2 WHERE id = $1", delivery.id,
                db::Blob{*rest});
        } else {
            db.run("DELETE FROM webhook_deliveries WHERE id = $1", delivery.id);
            gone.push_back(delivery.id);
        }
    }
    auto tx = db.in_organization(organization);
    for (const auto& id : gone)
        tx.run("DELETE FROM delivery_links WHERE organization_id = $1 AND delivery_id = $2", id);
    return std::int64_t(telling.size());
}

}  // namespace leadcrm::meta
