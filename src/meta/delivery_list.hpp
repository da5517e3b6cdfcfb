// The deliveries that concern an organization, each with what became of its leads. Only the
// organization's own part of a delivery is ever told: delivery_part.hpp.
#pragma once

#include "leads/lead.hpp"
#include "meta/delivery.hpp"
#include "meta/fetch_store.hpp"
#include "platform/db/session.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace leadcrm::meta {

// What became of a delivery in a word: the worst that holds, from the left.
BOOST_DEFINE_ENUM_CLASS(DeliveryResult, failed, unsorted, gave_up, blocked, waiting, stored)

struct DeliveredLead {
    std::string leadgen_id;
    std::string page_id;
    std::optional<std::string> form_id;
    std::optional<FetchState> state;  // nothing: not sorted yet
    std::optional<std::string> reason;
    std::optional<leads::LeadId> lead_id;
};
BOOST_DESCRIBE_STRUCT(DeliveredLead, (), (leadgen_id, page_id, form_id, state, reason, lead_id))

struct DeliveryView {
    DeliveryId id;
    Instant received_at;
    std::int64_t bytes = 0;
    std::string state;  // new, sorted, failed
    DeliveryResult result = DeliveryResult::stored;
    std::optional<std::string> note;
    std::vector<DeliveredLead> leads;
    std::int64_t lead_count = 0;  // a list shows the first few of many
};
BOOST_DESCRIBE_STRUCT(
    DeliveryView, (), (id, received_at, bytes, state, result, note, leads, lead_count))

struct DeliveryAsk {
    std::optional<DeliveryResult> result;
    std::optional<std::string> page_id;
    std::optional<DeliveryId> after;
    std::size_t limit = 50;
};

struct DeliveryPage {
    std::vector<DeliveryView> deliveries;
    std::optional<DeliveryId> next;  // where to go on; the page may be short, or empty, and go on
};

// Newest first. A filter by result looks at a bounded number of deliveries.
DeliveryPage list_deliveries(
    const db::PlatformReader& db, OrganizationId organization, const DeliveryAsk& ask);

struct OpenDelivery {
    DeliveryView view;
    std::string body;  // masked
};
// Nothing when it does not concern the organization.
std::optional<OpenDelivery> find_delivery(
    const db::PlatformReader& db, OrganizationId organization, const DeliveryId& id);

}  // namespace leadcrm::meta
