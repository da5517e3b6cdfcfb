// Everything the simulator knows, behind one mutex (Simulator's). Graph reads and writes it:
// graph/; people and tests steer it: control/; people log in: login/.
#pragma once

#include "meta-simulator/call_log.hpp"
#include "meta-simulator/graph/faults.hpp"
#include "meta-simulator/graph/graph_settings.hpp"
#include "meta-simulator/graph/usage.hpp"
#include "meta-simulator/lead_rate.hpp"
#include "meta-simulator/login/login.hpp"
#include "meta-simulator/webhooks/outbox.hpp"
#include "meta-simulator/webhooks/webhook_settings.hpp"
#include "meta-simulator/world/clock.hpp"
#include "meta-simulator/world/world.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace leadcrm::simulator {

struct State {
    State(std::uint64_t seed, const std::string& app_id, const std::string& app_secret)
        : world(seed, app_id, app_secret), chance(seed + 1), trace(seed + 2)
    {
        webhook.app_secret = app_secret;
    }

    Clock clock;
    World world;
    // Dice of their own, so that faults and calls do not change which leads are made.
    Dice chance;  // for what goes wrong
    Dice trace;  // for request ids
    GraphSettings graph;
    Faults faults;
    Usage usage;
    WebhookSettings webhook;
    Outbox outbox;
    std::map<std::string, Outbox> other_outboxes;  // of other apps, by id
    Login login;
    LeadRate rate;
    CallLog calls;
    std::int64_t lists_read = 0;  // for every so manieth page being short or empty
};

// The same for another app: its address, secret and verify token. An empty id is ours.
WebhookSettings webhook_of(const State& state, const std::string& app);

// Tells the webhook about a lead, if the app and the page are subscribed to the field.
void announce_lead(State& state, const Lead& lead);
void announce_update(State& state, const Lead& lead);

}  // namespace leadcrm::simulator
