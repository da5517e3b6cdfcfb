// A delivery: one POST of Meta's webhook. What its body must look like to be kept (webhook.cpp
// asks), and what it says (sorter.cpp asks, later and in peace).
#pragma once

#include "platform/id.hpp"
#include "platform/json/json.hpp"
#include "platform/time/instant.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::meta {

using DeliveryId = Id<"delivery">;

// What can be seen of a body without building anything from it. This stands between Meta and our
// answer, so it goes over the bytes once and keeps one number.
struct Glance {
    std::int64_t first_entry_time = 0;  // Unix seconds, when the first entry was sent; 0: not said
};

// Nothing when the body is no webhook: no JSON, or not {"object": "…", "entry": […], …}.
std::optional<Glance> glance_at(std::string_view body);

// The same body always has the same id, so a redelivery is stored once without a second index. The
// time comes first: new deliveries are neighbours in the table. A UUIDv8 (RFC 9562, 5.8): 48 bits
// of milliseconds, 74 bits of SHA-256.
DeliveryId delivery_id(std::string_view body, Glance glance);
// Ids of deliveries sent earlier than this are smaller.
DeliveryId first_delivery_id_at(Instant sent_at);

// "This lead exists": one element of a delivery.
struct Change {
    std::string leadgen_id;
    std::string page_id;
    std::optional<std::string> form_id;
    std::optional<Instant> submitted_at;
    bool operator==(const Change&) const = default;
};

// Everything a delivery says. A bad element spoils nothing but itself.
struct DeliveryReading {
    std::vector<Change> changes;
    int samples = 0;  // the "Test" button of Meta's app dashboard: proof that the webhook works
    int updates = 0;  // leadgen_update: Meta's own agents changed a lead we have; never a new one
    int nameless = 0;  // entries with changed_fields only: "include values" is off at Meta
    int foreign = 0;  // other fields and objects that are sent to the same address
    int broken = 0;  // elements that cannot be read
};

DeliveryReading read_delivery(std::string_view body);

// Ids come as strings and as numbers. Nothing when it is neither, or not there.
std::optional<std::string> id_in(const json::value* found);

// For a person who looks at the delivery; empty when it held leads and nothing else.
std::string note_about(const DeliveryReading& reading);

}  // namespace leadcrm::meta
