// The bodies of webhooks and their signatures. When they are sent, and how often: outbox.hpp.
#pragma once

#include "meta-simulator/webhooks/webhook_settings.hpp"
#include "meta-simulator/world/objects.hpp"
#include "platform/http/message.hpp"
#include "platform/json/json.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::simulator {

// One thing to tell about one page.
struct Change {
    std::string page_id;
    std::string field;
    json::object value;
};

Change lead_change(const Lead& lead, const WebhookSettings& settings);
// "leadgen_update": Meta's own agent has changed something about a lead.
Change lead_update_change(const Lead& lead, Instant now);

// One entry per page, in the order of the changes. Never empty.
std::string notification_body(
    const std::vector<Change>& changes, const WebhookSettings& settings, Instant now);
// What the "Test" button of the app dashboard sends: ids of fours, entry "0", no lead behind it.
std::string dashboard_test_body(Instant now);

// "sha256=…" and "sha1=…" over exactly these bytes, in lower-case hex.
std::string sha256_signature(std::string_view app_secret, std::string_view body);
std::string sha1_signature(std::string_view app_secret, std::string_view body);

// Content type and signature headers, as the settings want them.
http::Headers notification_headers(std::string_view body, const WebhookSettings& settings);

}  // namespace leadcrm::simulator
