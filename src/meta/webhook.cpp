#include "meta/webhook.hpp"

#include "meta/delivery_store.hpp"
#include "meta/failure_reason.hpp"
#include "meta/signature.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/log/log.hpp"
#include "platform/metrics/metrics.hpp"

#include <memory>

namespace leadcrm::meta {
namespace {

constexpr auto path = "/webhooks/meta";

metrics::Counter& deliveries(const char* result)
{
    return metrics::counter("leadcrm_webhook_deliveries_total",
        "POSTs to Meta's webhook, by what became of them.", {{"result", result}});
}

// Made once: looking a figure up by name takes longer than the rest of the check.
struct Counts {
    metrics::Counter& stored = deliveries("stored");
    metrics::Counter& forged = deliveries("forged");
    metrics::Counter& unreadable = deliveries("unreadable");
    metrics::Counter& not_stored = deliveries("not_stored");
};

Counts& counts()
{
    static Counts figures;
    return figures;
}

// Meta tries again after anything but 200, for 36 hours.
void try_again_later(const http::Respond& respond, const std::exception& error)
{
    counts().not_stored.add();
    log::error("a delivery could not be stored", {{"why", reason_of(error)}});
    respond({.status = 503,
        .body = "Not stored. Please send it again.\n",
        .headers = {{"Retry-After", "5"}}});
}

}  // namespace

http::Response shake_hands(const http::Request& request, const Settings& app)
{
    const auto token = request.query_value("hub.verify_token").value_or("");
    const auto challenge = request.query_value("hub.challenge");
    // An empty token would be right for everybody while none is configured.
    const bool is_ours = !app.verify_token.empty()
        && crypto::equal_in_constant_time(crypto::sha256(token), crypto::sha256(app.verify_token));
    if (!is_ours || !challenge || request.query_value("hub.mode") != "subscribe")
        return {.status = 403, .body = "This is not the verify token we expect.\n"};
    log::info("Meta verified the webhook");
    return {.body = *challenge};
}

void take_delivery(http::Request request, http::Respond respond, const Settings& app,
    const WebhookDesk& desk, std::optional<OrganizationId> only_for)
{
    const auto signature = request.header("X-Hub-Signature-256");
    if (!signature || !is_genuine(request.body, *signature, app.app_secrets)) {
        counts().forged.add();
        desk.refusals.note(app.app_id);
        return respond({.status = 401, .body = "The signature is missing or wrong.\n"});
    }
    const auto glance = glance_at(request.body);
    if (!glance) {
        counts().unreadable.add();
        return respond({.status = 400, .body = "This is not a webhook of Meta.\n"});
    }
    // Two apps may send the same bytes, to different organizations.
    const auto id = only_for ? delivery_id(request.body + app.app_id, *glance)
                             : delivery_id(request.body, *glance);
    const auto delivery = std::make_shared<const store::NewDelivery>(store::NewDelivery{.id = id,
        .app_id = app.app_id,
        .body = {std::move(request.body)},
        .received_at = Instant::now()});
    try {
        desk.database.start_write(
            [delivery, only_for](db::PlatformTx& tx) {
                only_for ? store::insert_own(tx, *delivery, *only_for)
                         : store::insert(tx, *delivery);
            },
            [respond, on_stored = desk.on_stored](std::exception_ptr error) {
                try {
                    if (error) std::rethrow_exception(error);
                } catch (const std::exception& why) {
                    return try_again_later(respond, why);
                }
                counts().stored.add();
                respond({.body = "stored"});
                on_stored();
            });
    } catch (const Failure& full) {
        try_again_later(respond, full);
    }
}

void add_webhook_routes(http::Routes& routes, const Settings& app, const WebhookDesk& desk)
{
    routes.raw("GET", path,
        [app](http::Request request, http::Respond respond) { respond(shake_hands(request, app)); },
        {"Meta's verification handshake", http::Right::everybody});
    routes.raw(
        "POST", path,
        [app, desk](http::Request request, http::Respond respond) {
            take_delivery(std::move(request), std::move(respond), app, desk);
        },
        {"Deliveries of Meta's webhook: 200 when they are stored", http::Right::everybody},
        delivery_bytes_max);
}

}  // namespace leadcrm::meta
