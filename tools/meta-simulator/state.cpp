#include "meta-simulator/state.hpp"

namespace leadcrm::simulator {

namespace {

// Meta delivers what both the app and the page are subscribed to.
bool is_subscribed(State& state, const Change& change, const std::string& app)
{
    auto& page = state.world.pages.at(change.page_id);
    return state.world.app_fields_of(app).contains(change.field)
        && state.world.page_fields_of(page, app).contains(change.field);
}

void announce(State& state, const Change& change)
{
    const auto now = state.clock.now();
    if (is_subscribed(state, change, {}))
        state.outbox.announce(change, state.webhook, now, state.chance);
    for (const auto& [app, other] : state.world.other_apps)
        if (is_subscribed(state, change, app))
            state.other_outboxes[app].announce(change, webhook_of(state, app), now, state.chance);
}

}  // namespace

WebhookSettings webhook_of(const State& state, const std::string& app)
{
    auto settings = state.webhook;
    const auto other = state.world.other_apps.find(app);
    if (other == state.world.other_apps.end()) return settings;
    settings.url = other->second.webhook_url;
    settings.app_secret = other->second.secret;
    settings.verify_token = other->second.verify_token;
    return settings;
}

void announce_lead(State& state, const Lead& lead)
{
    announce(state, lead_change(lead, state.webhook));
}

void announce_update(State& state, const Lead& lead)
{
    announce(state, lead_update_change(lead, state.clock.now()));
}

}  // namespace leadcrm::simulator
