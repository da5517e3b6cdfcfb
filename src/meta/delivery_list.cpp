#include "meta/delivery_list.hpp"

#include "meta/delivery_link_store.hpp"
#include "meta/delivery_part.hpp"
#include "meta/delivery_store.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace leadcrm::meta {
namespace {

constexpr int chunk = 50;
constexpr int looked_at_max = 1'000;
constexpr std::size_t leads_shown_max = 50;

OpenDelivery read(const store::KeptDelivery& delivery, const std::set<std::string>& page_ids)
{
    auto part = part_of(delivery.body.bytes, page_ids);
    const auto reading = read_delivery(part.body);
    OpenDelivery open{.view = {.id = delivery.id,
                          .received_at = delivery.received_at,
                          .bytes = std::int64_t(part.bytes),
                          .state = delivery.state},
        .body = std::move(part.body)};
    if (auto note = note_about(reading); !note.empty()) open.view.note = std::move(note);
    if (delivery.state == "failed")
        open.view.note = "It could not be sorted and is tried again within the hour.";
    for (const auto& change : reading.changes)
        open.view.leads.push_back({.leadgen_id = change.leadgen_id,
            .page_id = change.page_id,
            .form_id = change.form_id});
    open.view.lead_count = std::int64_t(open.view.leads.size());
    return open;
}

DeliveryResult result_of(const DeliveryView& view)
{
    if (view.state == "failed") return DeliveryResult::failed;
    auto worst = view.state == "new" ? DeliveryResult::unsorted : DeliveryResult::stored;
    for (const auto& lead : view.leads) {
        auto result = DeliveryResult::unsorted;
        if (lead.state == FetchState::done) result = DeliveryResult::stored;
        if (lead.state == FetchState::waiting) result = DeliveryResult::waiting;
        if (lead.state == FetchState::blocked) result = DeliveryResult::blocked;
        if (lead.state == FetchState::gave_up) result = DeliveryResult::gave_up;
        worst = std::min(worst, result);
    }
    return worst;
}

void add_fates(const db::Reader& db, std::vector<OpenDelivery>& deliveries)
{
    std::vector<std::string> ids;
    for (const auto& delivery : deliveries)
        for (const auto& lead : delivery.view.leads) ids.push_back(lead.leadgen_id);
    const auto fates = store::fates_of(db, ids);
    for (auto& delivery : deliveries) {
        for (auto& lead : delivery.view.leads) {
            const auto fate = fates.find(lead.leadgen_id);
            if (fate == fates.end()) continue;
            lead.state = fate->second.state;
            lead.reason = fate->second.reason;
            lead.lead_id = fate->second.lead_id;
        }
        delivery.view.result = result_of(delivery.view);
    }
}

// In the order of the ids. Those that have been removed for their age are passed over.
std::vector<OpenDelivery> open_all(
    const db::PlatformReader& db, OrganizationId organization, const std::vector<DeliveryId>& ids)
{
    const auto own = db.in_organization(organization);
    const auto pages = store::pages_of(own, ids);
    std::vector<DeliveryId> linked;
    for (const auto& [id, page_ids] : pages) linked.push_back(id);
    std::vector<OpenDelivery> deliveries;
    for (const auto& kept : store::list_kept(db, linked))
        deliveries.push_back(read(kept, pages.at(kept.id)));
    std::sort(deliveries.begin(), deliveries.end(),
        [](const OpenDelivery& a, const OpenDelivery& b) { return a.view.id > b.view.id; });
    add_fates(own, deliveries);
    return deliveries;
}

}  // namespace

DeliveryPage list_deliveries(
    const db::PlatformReader& db, OrganizationId organization, const DeliveryAsk& ask)
{
    DeliveryPage page;
    const auto own = db.in_organization(organization);
    auto after = ask.after;
    for (int looked_at = 0; looked_at < looked_at_max; looked_at += chunk) {
        const auto ids = store::list_linked(own, {ask.page_id, after, chunk});
        for (auto& [view, body] : open_all(db, organization, ids)) {
            if (page.deliveries.size() == ask.limit) {
                page.next = after;
                return page;
            }
            after = view.id;
            if (ask.result && view.result != *ask.result) continue;
            if (view.leads.size() > leads_shown_max) view.leads.resize(leads_shown_max);
            page.deliveries.push_back(std::move(view));
        }
        if (ids.size() < chunk) return page;
        after = ids.back();
    }
    page.next = after;
    return page;
}

std::optional<OpenDelivery> find_delivery(
    const db::PlatformReader& db, OrganizationId organization, const DeliveryId& id)
{
    auto found = open_all(db, organization, {id});
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

}  // namespace leadcrm::meta
