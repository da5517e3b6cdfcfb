// Where Meta knocks: the verification handshake and the signed POST that says "this lead exists".
// 200 means stored, never processed; what follows is in sorter.hpp.
#pragma once

#include "meta/refusals.hpp"
#include "meta/settings.hpp"
#include "platform/db/database.hpp"
#include "platform/http/message.hpp"
#include "platform/http/routes.hpp"

#include <functional>
#include <optional>

namespace leadcrm::meta {

// Meta packs up to 1 000 changes into one POST.
constexpr std::size_t delivery_bytes_max = 1024 * 1024;

// What the webhooks of all apps share. `on_stored` is called after a delivery's commit.
struct WebhookDesk {
    db::Database& database;
    Refusals& refusals;
    std::function<void()> on_stored;
};

// Proof of the handshake: the bare challenge, or 403. Does not ask the database.
http::Response shake_hands(const http::Request& request, const Settings& app);

// Checks a POST, stores it and answers after the commit. Never blocks. `app` is the app the address
// belongs to; `only_for` is whose own app it is.
void take_delivery(http::Request request, http::Respond respond, const Settings& app,
    const WebhookDesk& desk, std::optional<OrganizationId> only_for = {});

void add_webhook_routes(http::Routes& routes, const Settings& app, const WebhookDesk& desk);

}  // namespace leadcrm::meta
