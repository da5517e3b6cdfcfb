// Where Meta knocks: the verification handshake and the signed POST that says "this lead exists".
// 200 means stored, never processed; what follows is in sorter.hpp.
#pragma once

#include "meta/settings.hpp"
#include "platform/db/database.hpp"
#include "platform/http/message.hpp"
#include "platform/http/routes.hpp"

#include <functional>
#include <optional>

namespace leadcrm::meta {

// Meta packs up to 1 000 changes into one POST.
constexpr std::size_t delivery_bytes_max = 1024 * 1024;

// Proof of the handshake: the bare challenge, or 403. Does not ask the database.
http::Response shake_hands(const http::Request& request, const Settings& app);

// Checks a POST, stores it and answers after the commit; `on_stored` is called then too. Never
// blocks. `app` is the app the address belongs to; `only_for` is whose own app it is.
void take_delivery(http::Request request, http::Respond respond, const Settings& app,
    db::Database& database, const std::function<void()>& on_stored,
    std::optional<OrganizationId> only_for = {});

// When this process last refused a delivery for its signature.
std::optional<Instant> last_refused_at();

void add_webhook_routes(http::Routes& routes, const Settings& app, db::Database& database,
    std::function<void()> on_stored);

}  // namespace leadcrm::meta
